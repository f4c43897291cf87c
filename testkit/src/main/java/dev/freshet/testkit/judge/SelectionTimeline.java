package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.ItemHash;
import dev.freshet.testkit.history.Items;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the answer to one query changed over time: count and set hash after each event that changed
 * it. Costs one pass over the events of the collection, or of one key for a query by name.
 */
final class SelectionTimeline {
  private final Selection selection;
  private final Map<String, Long> hashes = new HashMap<>();
  private long[] rvs = new long[16];
  private int[] counts = new int[16];
  private long[] sums = new long[16];
  private int size;
  private long sum;

  SelectionTimeline(Timeline timeline, Selection selection) {
    this.selection = selection;
    long baseRv = timeline.epoch().baseRv();
    List<EtcdEvent> base =
        selection
            .onlyKey()
            .map(key -> timeline.eventsOf(key).stream().filter(e -> e.rv() <= baseRv).toList())
            .orElse(timeline.base());
    base.forEach(this::apply);
    append(baseRv);
    List<EtcdEvent> events =
        selection
            .onlyKey()
            .map(key -> timeline.eventsOf(key).stream().filter(e -> e.rv() > baseRv).toList())
            .orElse(timeline.events());
    for (EtcdEvent event : events) {
      if (apply(event)) {
        append(event.rv());
      }
    }
  }

  /** Whether the event changed the answer. */
  private boolean apply(EtcdEvent event) {
    if (selection.selects(event)) {
      long hash = ItemHash.of(event.item());
      Long before = hashes.put(event.key(), hash);
      sum += hash - (before == null ? 0 : before);
      return true;
    }
    Long before = hashes.remove(event.key());
    sum -= before == null ? 0 : before;
    return before != null;
  }

  /** Events of one version are one change: nobody may see a part of them. */
  private void append(long rv) {
    if (size > 0 && rvs[size - 1] == rv) {
      size--;
    }
    if (size == rvs.length) {
      rvs = Arrays.copyOf(rvs, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
      sums = Arrays.copyOf(sums, size * 2);
    }
    rvs[size] = rv;
    counts[size] = hashes.size();
    sums[size] = sum;
    size++;
  }

  Selection selection() {
    return selection;
  }

  /** How many states there are, the base included. */
  int states() {
    return size;
  }

  /** The state that holds at {@code rv}; negative before the base. */
  int stateAt(long rv) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rvs[middle] <= rv) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /** The version from which a state holds. */
  long from(int state) {
    return rvs[state];
  }

  /** The version up to which a state holds. */
  long upTo(int state) {
    return state + 1 < size ? rvs[state + 1] - 1 : Long.MAX_VALUE;
  }

  int count(int state) {
    return counts[state];
  }

  /** All states by their set hash, each list in order. */
  Map<Long, List<Integer>> byHash() {
    Map<Long, List<Integer>> states = new HashMap<>();
    for (int state = 0; state < size; state++) {
      states.computeIfAbsent(sums[state], hash -> new ArrayList<>()).add(state);
    }
    return states;
  }

  boolean is(int state, Items items) {
    return counts[state] == items.count() && sums[state] == items.hash();
  }
}
