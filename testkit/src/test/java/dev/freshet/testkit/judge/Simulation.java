package dev.freshet.testkit.judge;

import static dev.freshet.testkit.judge.SimulatedServer.KIND;

import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.Caller;
import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.EtcdLog;
import dev.freshet.testkit.history.History;
import dev.freshet.testkit.history.Level;
import dev.freshet.testkit.history.Query;
import dev.freshet.testkit.history.Recorder;
import dev.freshet.testkit.history.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A run of many clients over one server and three caches in virtual time: the same history for the
 * same seed, right in everything but the bug that is asked for.
 */
final class Simulation {
  static final List<Query> QUERIES =
      List.of(
          Query.all(KIND),
          Query.all(KIND).inNamespace("a"),
          Query.all(KIND).labels("app=x"),
          Query.all(KIND).labels("app in (x,y),!off"),
          Query.all(KIND).inNamespace("b").labels("app!=x"),
          Query.all(KIND).labels("off"),
          Query.all(KIND).inNamespace("a").named("p3"));

  private static final int NAMES = 20;
  private static final int CLIENTS = 8;

  final Schedule schedule = new Schedule();
  final SimulatedServer server = new SimulatedServer();
  final Recorder recorder = Recorder.start(0, schedule::nanos);
  final List<SimulatedToken> tokens = new ArrayList<>();
  final SplittableRandom random;
  final Bug bug;
  final SimulatedCache main;
  final SimulatedCache splitA;
  final SimulatedCache splitB;
  Optional<SimulatedToken> lastOfARead = Optional.empty();
  long lastProbeRv;
  long lastProbeNanos;
  private int tags;
  private int left;

  /** A token as the simulated library makes it; rows only of one that stands for an answer. */
  record SimulatedToken(String name, long floor, Map<String, EtcdEvent> rows) {}

  /** What happened in a run. */
  record Run(EtcdLog log, History history) {}

  private Simulation(long seed, Bug bug, int operations) {
    this.random = new SplittableRandom(seed);
    this.bug = bug;
    this.left = operations;
    for (int i = 0; i < NAMES; i++) {
      server.seed("a/p" + i, labels());
      server.seed("b/p" + i, labels());
    }
    server.seed("a/touch", Map.of());
    main = cache("main", "");
    splitA = cache("split-a", "a");
    splitB = cache("split-b", "b");
    lastProbeRv = server.rv();
  }

  private SimulatedCache cache(String name, String namespace) {
    return new SimulatedCache(name, namespace, server, schedule, random.split(), bug);
  }

  static Run run(long seed, Bug bug, int operations) {
    return new Simulation(seed, bug, operations).run();
  }

  private Run run() {
    List<SimulatedWatch> watches = new ArrayList<>();
    for (Query query : QUERIES) {
      boolean resumed = bug == Bug.RESUMED_TOO_LATE || query.labels().isEmpty();
      watches.add(new SimulatedWatch(query, resumed, server, random.split(), bug));
    }
    for (int i = 0; i < CLIENTS; i++) {
      var client = new SimulatedClient(this, i);
      schedule.after(random.nextInt(1_000_000), client::next);
    }
    schedule.run();
    var judge = new Caller("watcher", "none", "none");
    watches.forEach(
        watch -> recorder.record(watch.watched(recorder.newId(), judge, schedule.nanos())));
    readTheEnd();
    return new Run(server.log(), recorder.history());
  }

  private void readTheEnd() {
    main.bookmark();
    schedule.run();
    var caller = new Caller("last", "last", main.name());
    for (Query query : QUERIES) {
      var read = recorder.read(caller, query, new Level.Converged());
      var selection = new Selection(query);
      read.returned(
          items -> {
            main.snapshot().rows().values().stream()
                .filter(selection::selects)
                .forEach(event -> items.add(event.item()));
            return Answer.Claims.of(main.frontier(), Route.CACHED);
          });
    }
  }

  /** Whether one more operation is to be made. */
  boolean goOn() {
    return left-- > 0;
  }

  String newTag() {
    return "t" + tags++;
  }

  String anyKey() {
    return (random.nextBoolean() ? "a" : "b") + "/p" + random.nextInt(NAMES);
  }

  Query anyQuery() {
    return QUERIES.get(random.nextInt(QUERIES.size()));
  }

  Map<String, String> labels() {
    String app = List.of("x", "y", "z").get(random.nextInt(3));
    return random.nextInt(4) == 0 ? Map.of("app", app, "off", "1") : Map.of("app", app);
  }

  boolean happens(Bug asked, int oneIn) {
    return bug == asked && random.nextInt(oneIn) == 0;
  }
}
