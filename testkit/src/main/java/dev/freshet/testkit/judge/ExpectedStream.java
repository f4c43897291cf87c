package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.Watched;
import dev.freshet.testkit.history.Watched.Delivery;
import dev.freshet.testkit.history.Watched.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a perfect stream would tell: etcd's events after its first version, as its query sees them.
 * An object that comes into the query was added, one that leaves it was deleted, whatever happened
 * to the object itself.
 */
final class ExpectedStream {
  /** What tells a change apart from all others. */
  private record Change(String key, long rv) {}

  private final List<Delivery> deliveries = new ArrayList<>();
  private final Map<Change, Integer> indexes = new HashMap<>();
  private final Map<String, EtcdEvent> state;

  ExpectedStream(Watched stream, Timeline timeline) {
    var selection = new Selection(stream.query());
    state = new HashMap<>(timeline.state(selection, stream.fromRv()));
    List<EtcdEvent> events = timeline.events();
    for (int i = timeline.upTo(stream.fromRv()); i < events.size(); i++) {
      EtcdEvent event = events.get(i);
      told(event, selection.selects(event)).ifPresent(this::append);
    }
  }

  private Optional<Delivery> told(EtcdEvent event, boolean selected) {
    EtcdEvent before = selected ? state.put(event.key(), event) : state.remove(event.key());
    if (!selected) {
      return Optional.ofNullable(before)
          .map(was -> new Delivery(Kind.DELETED, was.key(), was.uid(), event.rv(), ""));
    }
    Kind kind = before == null ? Kind.ADDED : Kind.MODIFIED;
    return Optional.of(new Delivery(kind, event.key(), event.uid(), event.rv(), event.tag()));
  }

  private void append(Delivery delivery) {
    indexes.put(new Change(delivery.key(), delivery.rv()), deliveries.size());
    deliveries.add(delivery);
  }

  /** In order. */
  List<Delivery> deliveries() {
    return deliveries;
  }

  /** Where the change of a key at a version stands. */
  Optional<Integer> indexOf(Delivery told) {
    return Optional.ofNullable(indexes.get(new Change(told.key(), told.rv())));
  }

  /** Whether a delivery says what it should; of a deletion, the tag does not count. */
  static boolean agree(Delivery expected, Delivery told) {
    return expected.kind() == told.kind()
        && expected.uid().equals(told.uid())
        && (told.kind() == Kind.DELETED || expected.tag().equals(told.tag()));
  }
}
