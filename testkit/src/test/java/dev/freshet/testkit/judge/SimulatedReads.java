package dev.freshet.testkit.judge;

import static dev.freshet.testkit.judge.SimulatedServer.KIND;

import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.Caller;
import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.Level;
import dev.freshet.testkit.history.Query;
import dev.freshet.testkit.history.Recorder.PendingRead;
import dev.freshet.testkit.history.Route;
import dev.freshet.testkit.judge.SimulatedCache.Snapshot;
import dev.freshet.testkit.judge.Simulation.SimulatedToken;

/** The reads of a simulated client, at every level and by every route. */
final class SimulatedReads {
  private static final int TRAVEL_NANOS = 600_000;
  private static final long WITHIN_NANOS = 3_000_000;
  private static final long JOINABLE_NANOS = 2_000_000;

  private final Simulation world;
  private final SimulatedClient client;

  SimulatedReads(Simulation world, SimulatedClient client) {
    this.world = world;
    this.client = client;
  }

  /** One of the kinds of reads, by a number below 54. */
  void any(int choice) {
    if (choice < 8) {
      begin(new Level.Cached()).fromCache(Route.CACHED);
    } else if (choice < 12) {
      split();
    } else if (choice < 20) {
      probe(begin(new Level.Strong()));
    } else if (choice < 24) {
      direct();
    } else if (choice < 28) {
      touch();
    } else if (choice < 38) {
      session();
    } else if (choice < 43) {
      atLeast();
    } else if (choice < 48) {
      within();
    } else if (choice < 51) {
      exactly();
    } else {
      cut();
    }
  }

  /** A read under way. */
  private final class Reading {
    final Query query;
    final PendingRead read;

    Reading(Query query, PendingRead read) {
      this.query = query;
      this.read = read;
    }

    void fromCache(Route route) {
      answer(world.main.snapshot(), route, age());
    }

    long age() {
      long age = world.main.behindAtMostNanos();
      if (age == Long.MAX_VALUE) {
        return Answer.UNKNOWN;
      }
      return world.bug == Bug.UNDERSTATED_AGE ? age / 4 : age;
    }

    void answer(Snapshot snapshot, Route route, long ageNanos) {
      travel(
          () -> {
            record(snapshot, route, ageNanos);
            client.done();
          });
    }

    void record(Snapshot snapshot, Route route, long ageNanos) {
      var selection = new Selection(query);
      long id =
          read.returned(
              items -> {
                for (EtcdEvent event : snapshot.rows().values()) {
                  if (selection.selects(event) || world.happens(Bug.WRONG_SELECTOR, 200)) {
                    items.add(event.item());
                  }
                }
                return new Answer.Claims(snapshot.rv(), route, 1, ageNanos, true, 0, 1);
              });
      client.raise(snapshot.rv());
      if (world.random.nextInt(10) == 0) {
        client.mint(id, snapshot);
      }
    }
  }

  private Reading begin(Level level) {
    Query query = world.anyQuery();
    return new Reading(query, world.recorder.read(client.caller, query, level));
  }

  /** From one of two caches that hold a namespace each. */
  private void split() {
    boolean a = world.random.nextBoolean();
    SimulatedCache cache = a ? world.splitA : world.splitB;
    SimulatedCache other = a ? world.splitB : world.splitA;
    var caller = new Caller(client.caller.client(), "of " + cache.name(), cache.name());
    Query query = Query.all(KIND).inNamespace(a ? "a" : "b");
    var read = world.recorder.read(caller, query, new Level.Cached());
    cache.bookmark();
    Snapshot own = cache.snapshot();
    long rv =
        world.bug == Bug.MAXIMUM_OVER_STREAMS ? Math.max(own.rv(), other.frontier()) : own.rv();
    travel(
        () -> {
          var selection = new Selection(query);
          read.returned(
              items -> {
                own.rows().values().stream()
                    .filter(selection::selects)
                    .forEach(event -> items.add(event.item()));
                return Answer.Claims.of(rv, Route.CACHED);
              });
          client.done();
        });
  }

  private void probe(Reading reading) {
    long sinceLast = world.schedule.nanos() - world.lastProbeNanos;
    if (world.bug == Bug.STALE_FENCE
        || (world.bug == Bug.JOINED_A_SENT_REQUEST && sinceLast < JOINABLE_NANOS)) {
      long rv = world.lastProbeRv;
      if (world.bug == Bug.STALE_FENCE) {
        world.lastProbeRv = world.server.rv();
      }
      travel(() -> world.main.when(rv, () -> reading.fromCache(Route.PROBE)));
      return;
    }
    long sentNanos = world.schedule.nanos();
    travel(
        () -> {
          long rv = world.server.rv();
          world.lastProbeRv = rv;
          world.lastProbeNanos = world.schedule.nanos();
          travel(
              () -> {
                world.main.dated(rv, sentNanos);
                world.main.when(rv, () -> reading.fromCache(Route.PROBE));
              });
        });
  }

  private void direct() {
    Reading reading = begin(new Level.Strong());
    travel(
        () ->
            reading.answer(
                new Snapshot(world.server.rv(), world.server.state()),
                Route.DIRECT,
                Answer.UNKNOWN));
  }

  /** Writes something new into an object of our own; the answer's version is the fence. */
  private void touch() {
    Reading reading = begin(new Level.Strong());
    var caller = new Caller("touch of " + client.caller.client(), "touch", "none");
    boolean idle = world.bug == Bug.IDLE_TOUCH;
    String tag = idle ? world.server.get("a/touch").tag() : world.newTag();
    var write = world.recorder.put(caller, KIND, "a/touch", Answer.UNKNOWN, tag);
    travel(
        () -> {
          EtcdEvent event =
              idle ? world.server.get("a/touch") : world.server.put("a/touch", world.labels(), tag);
          travel(
              () -> {
                write.done(event.uid(), event.rv());
                world.main.when(event.rv(), () -> reading.fromCache(Route.TOUCH));
              });
        });
  }

  private void session() {
    Reading reading = begin(new Level.ReadYourWrites());
    long floor = world.happens(Bug.STALE_BUT_SATISFIED, 2) ? 0 : client.floor;
    world.main.when(floor, () -> reading.fromCache(Route.CACHED));
  }

  private void atLeast() {
    if (world.tokens.isEmpty()) {
      client.done();
      return;
    }
    // A fresh one, else the cache is beyond it anyway.
    SimulatedToken token = world.tokens.getLast();
    Reading reading = begin(new Level.AtLeast(token.name()));
    world.main.when(token.floor(), () -> reading.fromCache(Route.CACHED));
  }

  private void within() {
    Reading reading = begin(new Level.Within(WITHIN_NANOS));
    if (world.bug == Bug.UNBOUNDED || world.main.behindAtMostNanos() <= WITHIN_NANOS) {
      reading.fromCache(Route.CACHED);
    } else {
      probe(reading);
    }
  }

  private void exactly() {
    if (world.lastOfARead.isEmpty()) {
      client.done();
      return;
    }
    SimulatedToken token = world.lastOfARead.get();
    Reading reading = begin(new Level.Exactly(token.name()));
    if (world.bug == Bug.INEXACT) {
      reading.answer(world.main.snapshot(), Route.SNAPSHOT, Answer.UNKNOWN);
    } else {
      reading.answer(new Snapshot(token.floor(), token.rows()), Route.SNAPSHOT, Answer.UNKNOWN);
    }
  }

  private void cut() {
    String name = "cut-" + world.newTag();
    Query a = Query.all(KIND).inNamespace("a");
    Query b = Query.all(KIND).inNamespace("b");
    var first = new Reading(a, world.recorder.read(client.caller, a, new Level.Cached(), name));
    var second = new Reading(b, world.recorder.read(client.caller, b, new Level.Cached(), name));
    Snapshot snapshot = world.main.snapshot();
    travel(
        () -> {
          first.record(snapshot, Route.CACHED, Answer.UNKNOWN);
          Snapshot now = world.bug == Bug.TORN_CUT ? world.main.snapshot() : snapshot;
          second.record(now, Route.CACHED, Answer.UNKNOWN);
          client.done();
        });
  }

  private void travel(Runnable then) {
    world.schedule.after(1 + world.random.nextInt(TRAVEL_NANOS), then);
  }
}
