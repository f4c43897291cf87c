package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.EtcdEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A cache fed by one stream with a lag: events are received in order, applied a little later, and
 * move the frontier. It remembers its past states, and when it asked the server for a version.
 */
final class SimulatedCache {
  /** What the cache holds at one moment. */
  record Snapshot(long rv, Map<String, EtcdEvent> rows) {}

  private record Waiter(long rv, Runnable action) {}

  private record Dated(long rv, long askedNanos) {}

  private static final int LAG_NANOS = 4_000_000;
  private static final int APPLY_NANOS = 400_000;

  private final String name;
  private final String namespace;
  private final SimulatedServer server;
  private final Schedule schedule;
  private final SplittableRandom random;
  private final Bug bug;
  private final TreeMap<String, EtcdEvent> rows = new TreeMap<>();
  private final TreeMap<Long, Map<String, EtcdEvent>> past = new TreeMap<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private final List<Dated> dated = new ArrayList<>();
  private Map<String, EtcdEvent> before = Map.of();
  private long frontier;
  private long lastReceiveNanos;
  private long lastApplyNanos;

  SimulatedCache(
      String name,
      String namespace,
      SimulatedServer server,
      Schedule schedule,
      SplittableRandom random,
      Bug bug) {
    this.name = name;
    this.namespace = namespace;
    this.server = server;
    this.schedule = schedule;
    this.random = random;
    this.bug = bug;
    server.state().values().stream().filter(this::holds).forEach(e -> rows.put(e.key(), e));
    publish(server.rv());
    server.listen(this::send);
  }

  String name() {
    return name;
  }

  private boolean holds(EtcdEvent event) {
    return namespace.isEmpty() || event.key().startsWith(namespace + "/");
  }

  private void send(List<EtcdEvent> together) {
    List<EtcdEvent> mine = together.stream().filter(this::holds).toList();
    if (!mine.isEmpty()) {
      transfer(mine.getFirst().rv(), () -> apply(mine));
    }
  }

  /** Asks for a bookmark, which tells that everything up to now has been told. */
  void bookmark() {
    long rv = server.rv();
    if (bug == Bug.EARLY_BOOKMARK && random.nextInt(4) == 0) {
      schedule.after(1, () -> publish(Math.max(rv, frontier)));
    } else {
      transfer(rv, () -> publish(Math.max(rv, frontier)));
    }
  }

  /** In order, received after some time, applied after some more. */
  private void transfer(long rv, Runnable apply) {
    lastReceiveNanos = Math.max(lastReceiveNanos + 1, schedule.nanos() + random.nextInt(LAG_NANOS));
    lastApplyNanos = Math.max(lastApplyNanos + 1, lastReceiveNanos + random.nextInt(APPLY_NANOS));
    if (bug == Bug.FRONTIER_ON_RECEIPT) {
      schedule.at(lastReceiveNanos, () -> publish(Math.max(rv, frontier)));
    }
    schedule.at(lastApplyNanos, apply);
  }

  private void apply(List<EtcdEvent> together) {
    before = new TreeMap<>(rows);
    if (together.size() > 1 && bug == Bug.FIRST_OF_TWELVE) {
      together.forEach(
          event -> {
            apply(event);
            publish(event.rv());
          });
      return;
    }
    together.forEach(this::apply);
    publish(together.getFirst().rv());
  }

  private void apply(EtcdEvent event) {
    if (!event.deleted()) {
      rows.put(event.key(), event);
    } else if (bug != Bug.LOST_DELETE || random.nextInt(4) != 0) {
      EtcdEvent last = rows.remove(event.key());
      if (bug == Bug.RESURRECTION && last != null && random.nextInt(3) == 0) {
        schedule.after(100_000, () -> rows.putIfAbsent(last.key(), last));
      }
    }
  }

  private void publish(long rv) {
    frontier = rv;
    if (bug == Bug.BACK_IN_TIME && past.size() > 20 && random.nextInt(40) == 0) {
      long old = past.floorKey(past.lastKey() - 5);
      frontier = old;
      rows.clear();
      rows.putAll(past.get(old));
      // The events between come again, as they do after a relist.
      schedule.after(300_000, () -> catchUp(rv));
    }
    if (bug == Bug.BACK_IN_TIME) {
      past.put(frontier, new TreeMap<>(rows));
    }
    var ready = waiters.stream().filter(waiter -> waiter.rv() <= frontier).toList();
    waiters.removeAll(ready);
    ready.forEach(waiter -> waiter.action().run());
  }

  private void catchUp(long rv) {
    if (frontier < rv) {
      rows.clear();
      rows.putAll(server.stateAt(rv));
      publish(rv);
    }
  }

  /** Runs an action once the frontier has come to a version, under the same publication. */
  void when(long rv, Runnable action) {
    if (rv <= frontier) {
      action.run();
    } else {
      waiters.add(new Waiter(rv, action));
      bookmark();
    }
  }

  /** A version was asked for at a time: that dates the cache once it has come so far. */
  void dated(long rv, long askedNanos) {
    dated.add(new Dated(rv, askedNanos));
    // One that has been reached makes all that were asked for earlier useless.
    long newest =
        dated.stream().filter(d -> d.rv() <= frontier).mapToLong(Dated::askedNanos).max().orElse(0);
    dated.removeIf(d -> d.askedNanos() < newest);
  }

  /** The age that the cache knows of; the greatest number for none. */
  long behindAtMostNanos() {
    return dated.stream()
        .filter(d -> d.rv() <= frontier)
        .mapToLong(d -> schedule.nanos() - d.askedNanos())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  long frontier() {
    return frontier;
  }

  Snapshot snapshot() {
    if (bug == Bug.TORN_SNAPSHOT && !before.isEmpty() && random.nextInt(3) == 0) {
      var torn = new TreeMap<>(rows);
      rows.keySet().stream().limit(rows.size() / 2).forEach(torn::remove);
      before.forEach(
          (key, event) -> {
            if (key.compareTo(torn.isEmpty() ? "" : torn.firstKey()) < 0) {
              torn.put(key, event);
            }
          });
      return new Snapshot(frontier, torn);
    }
    return new Snapshot(frontier, new TreeMap<>(rows));
  }
}
