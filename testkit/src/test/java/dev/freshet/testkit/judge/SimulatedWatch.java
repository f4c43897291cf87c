package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Caller;
import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.Item;
import dev.freshet.testkit.history.Query;
import dev.freshet.testkit.history.Watched;
import dev.freshet.testkit.history.Watched.Delivery;
import dev.freshet.testkit.history.Watched.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A watch of one query, with a bookmark now and then. */
final class SimulatedWatch {
  private final Query query;
  private final SimulatedServer server;
  private final SplittableRandom random;
  private final Bug bug;
  private final boolean resumed;
  private final Selection selection;
  private final Map<String, EtcdEvent> selected = new TreeMap<>();
  private final List<Item> initial = new ArrayList<>();
  private final List<Delivery> deliveries = new ArrayList<>();
  private final long fromRv;

  SimulatedWatch(
      Query query, boolean resumed, SimulatedServer server, SplittableRandom random, Bug bug) {
    this.query = query;
    this.resumed = resumed;
    this.server = server;
    this.random = random;
    this.bug = bug;
    this.selection = new Selection(query);
    this.fromRv = server.rv();
    server.state().values().stream()
        .filter(selection::selects)
        .forEach(
            event -> {
              selected.put(event.key(), event);
              initial.add(event.item());
            });
    server.listen(
        together -> {
          together.forEach(this::take);
          if (random.nextInt(10) == 0) {
            deliveries.add(Delivery.bookmark(together.getFirst().rv()));
          }
        });
  }

  private void take(EtcdEvent event) {
    boolean matches = selection.selects(event);
    EtcdEvent before = matches ? selected.put(event.key(), event) : selected.remove(event.key());
    if (matches) {
      Kind kind = before == null ? Kind.ADDED : Kind.MODIFIED;
      tell(new Delivery(kind, event.key(), event.uid(), event.rv(), event.tag()));
    } else if (before != null) {
      boolean leaving = !event.deleted();
      if (!leaving || bug != Bug.LEAVING_UNTOLD) {
        tell(new Delivery(Kind.DELETED, event.key(), before.uid(), event.rv(), ""));
      }
      if (bug == Bug.RESURRECTION) {
        tell(new Delivery(Kind.MODIFIED, event.key(), before.uid(), before.rv(), before.tag()));
      }
    } else if (bug == Bug.UNFILTERED_STREAM && !event.deleted()) {
      tell(new Delivery(Kind.MODIFIED, event.key(), event.uid(), event.rv(), event.tag()));
    }
  }

  private void tell(Delivery delivery) {
    if (bug == Bug.GAP_IN_STREAM && random.nextInt(20) == 0) {
      return;
    }
    if (bug == Bug.BOOKMARK_BEFORE_CHANGE && random.nextInt(10) == 0) {
      deliveries.add(Delivery.bookmark(delivery.rv()));
    }
    deliveries.add(delivery);
    if (bug == Bug.REPEATED_CHANGE && random.nextInt(10) == 0) {
      deliveries.add(delivery);
    }
    int size = deliveries.size();
    if (bug == Bug.EXCHANGED_CHANGES && size > 1 && random.nextInt(10) == 0) {
      Collections.swap(deliveries, size - 1, size - 2);
    }
  }

  /** What was received, closed with a bookmark. */
  Watched watched(long id, Caller caller, long nanos) {
    if (bug == Bug.RESUMED_TOO_LATE) {
      deliveries.removeIf(delivery -> delivery.kind() == Kind.BOOKMARK);
      deliveries.removeFirst();
    } else if (bug != Bug.EXCHANGED_CHANGES) {
      deliveries.add(Delivery.bookmark(server.rv()));
    }
    return new Watched(
        id,
        caller,
        query,
        fromRv,
        !resumed,
        resumed ? List.of() : initial,
        false,
        deliveries,
        nanos,
        nanos);
  }
}
