package dev.freshet.trials.levels;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.history.EtcdLog;
import dev.freshet.testkit.history.History;
import dev.freshet.testkit.history.HistoryFile;
import dev.freshet.testkit.history.Recorder;
import dev.freshet.testkit.judge.Coverage;
import dev.freshet.testkit.judge.Judge;
import dev.freshet.testkit.judge.Verdict;
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
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * So many reads of every level by 16 clients in 4 processes over {@value #PODS} Pods and two API
 * servers, with every kind of fault once and a restore of etcd twice, judged as one history.
 *
 * <p>It is good if the judge accepts every answer and write, if nothing was thrown that may not be
 * thrown, and if every route was really taken: see {@link Quota}.
 */
public final class Leg {
  /** Pods of the workload. */
  public static final int PODS = 2_000;

  /** Processes of clients: two at each API server, those of the near one through a proxy. */
  static final int PROCESSES = 4;

  /** Beside what the clients write themselves, about as much. */
  private static final int WRITES_PER_SECOND = 40;

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
  private static final Duration STALLS_AFTER = Duration.ofMinutes(3);

  private final int number;
  private final long seed;
  private final long wanted;
  private final Consumer<String> tell;
  private final Path directory;
  private final Recorder recorder = Recorder.start();
  private final List<String> problems = new ArrayList<>();
  private final long startNanos = System.nanoTime();

  private Leg(int number, long seed, long wanted, Consumer<String> tell, Path directory) {
    this.number = number;
    this.seed = seed;
    this.wanted = wanted;
    this.tell = tell;
    this.directory = directory;
  }

  /**
   * Runs one.
   *
   * @param reads how many answers it must have at least
   * @param faults whether things break meanwhile
   * @param tell told how far it is, a line every few seconds
   * @param directory where the history of a bad leg is kept, and logs meanwhile
   */
  public static LegResult run(
      int number, long seed, long reads, boolean faults, Consumer<String> tell, Path directory)
      throws InterruptedException {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new TestkitException("Cannot create " + directory + ": " + e.getMessage(), e);
    }
    return new Leg(number, seed, reads, tell, directory).run(faults);
  }

  private LegResult run(boolean faults) throws InterruptedException {
    try (Stage stage = Stage.open(seed, PODS)) {
      Scenery.create(stage.plane().client(User.TEST, Stage.FAR), PROCESSES);
      Referee referee =
          stage.keep(Referee.watch(stage.plane(), "/registry/pods/", "/registry/configmaps/"));
      Writers writers = stage.writers(recorder, WRITES_PER_SECOND);
      Crew crew = stage.keep(Crew.start(places(stage), seed, directory));
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
      problems.addAll(crew.defects());
      if (struck.stream().noneMatch(fault -> fault.kind().endsAnEpoch())) {
        crew.alarms().forEach(alarm -> problems.add("a false alarm: " + alarm));
      }
      tell.accept("judging after %.0f s".formatted(seconds()));
      return judged(History.merged(histories), referee.log(), crew, struck, reading);
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

  private long stalledSinceNanos = System.nanoTime();

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

  private LegResult judged(
      History history, EtcdLog log, Crew crew, List<Weather.Struck> struck, double reading) {
    long judgingNanos = System.nanoTime();
    Verdict verdict = Judge.of(log).check(history);
    double judging = (System.nanoTime() - judgingNanos) / 1e9;
    if (!verdict.accepted()) {
      problems.add(verdict.toString());
    }
    var coverage = Coverage.of(history, struck.stream().map(Weather.Struck::fault).toList());
    problems.addAll(coverage.shortfalls(Quota.of(wanted)));
    var result =
        LegResult.of(
            number,
            seed,
            verdict,
            coverage,
            crew,
            struck,
            log,
            problems,
            new LegResult.Seconds(reading, judging, seconds()));
    if (result.ok()) {
      removeHistories();
    } else {
      keep(result, history, log);
    }
    return result;
  }

  private void keep(LegResult result, History history, EtcdLog log) {
    try {
      Files.writeString(directory.resolve("problems.txt"), String.join("\n", result.problems()));
      HistoryFile.write(directory.resolve("all.jsonl.gz"), log, history);
    } catch (IOException e) {
      throw new TestkitException("Cannot keep a bad leg in " + directory + ".", e);
    }
  }

  private void removeHistories() {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl.gz")).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new TestkitException("Cannot remove histories in " + directory + ".", e);
    }
  }
}
