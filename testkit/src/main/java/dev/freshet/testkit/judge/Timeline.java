package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.EtcdEpoch;
import dev.freshet.testkit.history.EtcdEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What etcd committed of one collection within one epoch: the state it was found in, and every
 * event since, by index and by key.
 */
final class Timeline {
  private final EtcdEpoch epoch;
  private final List<EtcdEvent> base;
  private final List<EtcdEvent> events;
  private final long[] rvs;
  private final Map<String, List<EtcdEvent>> byKey = new HashMap<>();

  Timeline(EtcdEpoch epoch, String collection) {
    this.epoch = epoch;
    this.base = of(collection, epoch.base());
    this.events = of(collection, epoch.events());
    this.rvs = events.stream().mapToLong(EtcdEvent::rv).toArray();
    index(base);
    index(events);
  }

  private static List<EtcdEvent> of(String collection, List<EtcdEvent> all) {
    return all.stream().filter(event -> event.collection().equals(collection)).toList();
  }

  private void index(List<EtcdEvent> more) {
    for (EtcdEvent event : more) {
      byKey.computeIfAbsent(event.key(), key -> new ArrayList<>()).add(event);
    }
  }

  EtcdEpoch epoch() {
    return epoch;
  }

  List<EtcdEvent> base() {
    return base;
  }

  /** All events after the base, in etcd's order. */
  List<EtcdEvent> events() {
    return events;
  }

  /** The base and the events of one key, in etcd's order. */
  List<EtcdEvent> eventsOf(String key) {
    return byKey.getOrDefault(key, List.of());
  }

  /** The event of one key at one version. */
  Optional<EtcdEvent> eventAt(String key, long rv) {
    List<EtcdEvent> all = eventsOf(key);
    int index = indexAt(all, rv);
    return index < all.size() && all.get(index).rv() == rv
        ? Optional.of(all.get(index))
        : Optional.empty();
  }

  /** The version that a key had before an event of it; 0 when there was none. */
  long before(EtcdEvent event) {
    List<EtcdEvent> all = eventsOf(event.key());
    int index = indexAt(all, event.rv());
    return index == 0 ? 0 : all.get(index - 1).rv();
  }

  /** The index of the first event that is not before a version. */
  private static int indexAt(List<EtcdEvent> all, long rv) {
    int low = 0;
    int high = all.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (all.get(middle).rv() < rv) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many events have a version up to {@code rv}; so the index of the first one after. */
  int upTo(long rv) {
    return upTo(rvs, rv);
  }

  /** The first event after one version and up to another, in one namespace; empty means all. */
  Optional<EtcdEvent> firstBetween(long afterRv, long upToRv, String namespace) {
    String prefix = namespace.isEmpty() ? "" : namespace + "/";
    for (int i = upTo(afterRv); i < rvs.length && rvs[i] <= upToRv; i++) {
      if (events.get(i).key().startsWith(prefix)) {
        return Optional.of(events.get(i));
      }
    }
    return Optional.empty();
  }

  /** How many of the ascending {@code versions} are not above {@code rv}. */
  static int upTo(long[] versions, long rv) {
    int found = Arrays.binarySearch(versions, rv);
    if (found < 0) {
      return -found - 1;
    }
    while (found < versions.length && versions[found] == rv) {
      found++;
    }
    return found;
  }

  /** The largest version of an event up to {@code rv}: c(rv). The base's for none. */
  long last(long rv) {
    int index = upTo(rv);
    return index == 0 ? epoch.baseRv() : rvs[index - 1];
  }

  /** The version of the last event of the epoch. */
  long end() {
    return rvs.length == 0 ? epoch.baseRv() : rvs[rvs.length - 1];
  }

  /** The selected objects as of {@code rv}, by key. Folds everything: for explanations only. */
  Map<String, EtcdEvent> state(Selection selection, long rv) {
    var state = new TreeMap<String, EtcdEvent>();
    base.forEach(event -> apply(state, selection, event));
    events.subList(0, upTo(rv)).forEach(event -> apply(state, selection, event));
    return state;
  }

  private static void apply(Map<String, EtcdEvent> state, Selection selection, EtcdEvent event) {
    if (selection.selects(event)) {
      state.put(event.key(), event);
    } else {
      state.remove(event.key());
    }
  }
}
