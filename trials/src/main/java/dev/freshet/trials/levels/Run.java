package dev.freshet.trials.levels;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.history.EtcdLog;
import dev.freshet.testkit.history.History;
import dev.freshet.testkit.history.Recorder;
import dev.freshet.testkit.judge.Coverage;
import dev.freshet.testkit.process.Poll;
import dev.freshet.testkit.referee.Referee;
import dev.freshet.trials.stage.Stage;
import dev.freshet.trials.stage.Writers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Two API servers over one etcd, {@value #PODS} Pods, clients in {@value #PROCESSES} processes, and
 * what all of them were told, with every kind of fault once and a restore of etcd twice. It is
 * judged by others. For one thread, once.
 */
final class Run {
  /** Pods of the workload. */
  static final int PODS = 2_000;

  /** Processes of clients: two at each API server, those of the near one through a proxy. */
  static final int PROCESSES = 4;

  /** Beside what the clients write themselves, about as much. */
  private static final int WRITES_PER_SECOND = 12;

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
  private static final Duration STALLS_AFTER = Duration.ofMinutes(3);

  private final Clientele clientele;
  private final long seed;
  private final long wanted;
  private final Consumer<String> tell;
  private final Path directory;
  private final Recorder recorder = Recorder.start();
  private final long startNanos = System.nanoTime();
  private long stalledSinceNanos = startNanos;

  /**
   * What happened.
   *
   * @param failures reads that failed, by the class of the failure
   * @param alarmed answers with an alarm, which are not in the history
   * @param tokens handed from one process to another
   * @param defects what was thrown that may never be thrown, and alarms where no history was
   *     replaced
   * @param readingSeconds from the first read to the last
   */
  record Recorded(
      History history,
      EtcdLog log,
      List<Weather.Struck> struck,
      Map<String, Long> failures,
      long alarmed,
      long tokens,
      List<String> defects,
      double readingSeconds) {
    List<Coverage.Fault> faults() {
      return struck.stream().map(Weather.Struck::fault).toList();
    }
  }

  /**
   * @param clientele what the clients do
   * @param seed decides what clients do and in which order things break
   * @param wanted how many answers there must be at least
   * @param tell told how far it is, a line every few seconds
   * @param directory where logs and the histories of the processes go
   */
  Run(Clientele clientele, long seed, long wanted, Consumer<String> tell, Path directory) {
    this.clientele = clientele;
    this.seed = seed;
    this.wanted = wanted;
    this.tell = tell;
    this.directory = directory;
  }

  /**
   * Runs it.
   *
   * @param faults whether things break
   */
  Recorded record(boolean faults) throws InterruptedException {
    createDirectory();
    try (Stage stage = Stage.open(seed, PODS)) {
      Scenery.create(stage.plane().client(User.TEST, Stage.FAR), PROCESSES);
      Referee referee =
          stage.keep(Referee.watch(stage.plane(), "/registry/pods/", "/registry/configmaps/"));
      Writers writers = stage.writers(recorder, WRITES_PER_SECOND);
      Crew crew = stage.keep(Crew.start(places(stage), clientele, seed, directory));
      tell.accept("synced after %.0f s".formatted(seconds()));
      long readingNanos = System.nanoTime();
      writers.resume();
      crew.order("start");
      var weather = new Weather(stage, writers, crew, referee, seed, tell);
      List<Weather.Struck> struck = faults ? withFaults(weather, crew) : List.of();
      awaitReads(crew, wanted);
      double reading = (System.nanoTime() - readingNanos) / 1e9;
      writers.pause();
      crew.order("stop", "stopped");
      crew.order("look", "looked");
      List<History> histories = new ArrayList<>(crew.histories());
      histories.add(recorder.history());
      tell.accept("all written down after %.0f s".formatted(seconds()));
      return new Recorded(
          History.merged(histories),
          referee.log(),
          struck,
          crew.failures(),
          crew.alarmed(),
          crew.tokens(),
          defects(crew, struck),
          reading);
    }
  }

  private static List<String> defects(Crew crew, List<Weather.Struck> struck) {
    var defects = new ArrayList<>(crew.defects());
    if (struck.stream().noneMatch(fault -> fault.kind().endsAnEpoch())) {
      crew.alarms().forEach(alarm -> defects.add("a false alarm: " + alarm));
    }
    return defects;
  }

  private void createDirectory() {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new TestkitException("Cannot create " + directory + ": " + e.getMessage(), e);
    }
  }

  private List<Crew.Place> places(Stage stage) {
    String near = stage.plane().server(Stage.NEAR).uri().toString();
    Path straight = stage.plane().kubeconfig(User.TEST);
    try {
      // Not readable by others, as it holds a key.
      Path breakable = Files.createTempFile("freshet-levels-", ".kubeconfig");
      stage.keep(() -> Files.deleteIfExists(breakable));
      Files.writeString(
          breakable, Files.readString(straight).replace(near, stage.toServer().uri().toString()));
      var nearby = new Crew.Place(breakable, "freshet");
      var far = new Crew.Place(straight, "freshet-" + Stage.FAR);
      return List.of(nearby, far, nearby, far);
    } catch (IOException e) {
      throw new TestkitException("Cannot write a kubeconfig: " + e.getMessage(), e);
    }
  }

  private List<Weather.Struck> withFaults(Weather weather, Crew crew) throws InterruptedException {
    var struck = new ArrayList<Weather.Struck>();
    var kinds = weather.forecast();
    for (int i = 0; i < kinds.size(); i++) {
      // Evenly over the reads, so that there is calm before, between and after.
      awaitReads(crew, wanted * (i + 1) / (kinds.size() + 1));
      struck.add(weather.strike(kinds.get(i)));
    }
    return struck;
  }

  private void awaitReads(Crew crew, long count) {
    long last = crew.answered();
    while (last < count) {
      long before = last;
      boolean enough = Poll.until("reads", BETWEEN_LOOKS, () -> crew.answered() >= count);
      last = crew.answered();
      demandProgress(crew, before, last);
      tell.accept(
          "%,d of %,d reads after %.0f s, %,d failed, %,d tokens handed on"
              .formatted(
                  last,
                  wanted,
                  seconds(),
                  crew.failures().values().stream().mapToLong(n -> n).sum(),
                  crew.tokens()));
      if (enough) {
        return;
      }
    }
  }

  private void demandProgress(Crew crew, long before, long now) {
    if (now > before) {
      stalledSinceNanos = System.nanoTime();
    } else if (System.nanoTime() - stalledSinceNanos > STALLS_AFTER.toNanos()) {
      throw new TestkitException(
          "No client has had an answer for "
              + STALLS_AFTER.toSeconds()
              + " s: "
              + crew.defects()
              + "; see the logs in "
              + directory);
    }
  }

  private double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
