package dev.freshet.trials.round;

import static java.util.stream.Collectors.joining;

import dev.freshet.fabric8.Freshet;
import dev.freshet.testkit.history.EtcdLog;
import dev.freshet.testkit.history.History;
import dev.freshet.testkit.history.Recorder;
import dev.freshet.testkit.judge.Judge;
import dev.freshet.testkit.judge.Verdict;
import dev.freshet.testkit.referee.Referee;
import dev.freshet.trials.fault.FaultKind;
import dev.freshet.trials.fault.Ground;
import dev.freshet.trials.stage.CacheShape;
import dev.freshet.trials.stage.HealthLog;
import dev.freshet.trials.stage.Holding;
import dev.freshet.trials.stage.Readers;
import dev.freshet.trials.stage.Stage;
import dev.freshet.trials.stage.Told;
import dev.freshet.trials.stage.View;
import dev.freshet.trials.stage.Writers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * One round: a cache under churn, one fault, and what every reader was told from the beginning to
 * the end.
 *
 * <p>It is good if the cache equals etcd within {@link #CONVERGES_WITHIN} of the fault's end and
 * follows it afterwards, if the judge accepts every answer, if nothing was thrown that may not be
 * thrown, and if the round was a trial at all: enough went on before, and a watch that had to break
 * was seen to be broken.
 */
public final class Round {
  /** How soon after a fault's end a cache must equal etcd again. */
  public static final Duration CONVERGES_WITHIN = Duration.ofSeconds(30);

  /** How many reads and writes a second must go on before the fault for a round to count. */
  public static final long MIN_OPERATIONS_PER_SECOND = 100;

  private static final List<CacheShape> NARROW =
      List.of(CacheShape.NAMESPACES, CacheShape.SELECTED, CacheShape.METADATA);
  private static final String PODS_IN_ETCD = "/registry/pods/";
  private static final Duration UNTIL_BACKUP = Duration.ofSeconds(1);
  private static final Duration UNTIL_FAULT = Duration.ofSeconds(2);
  private static final Duration BUSY_AFTERWARDS = Duration.ofSeconds(3);
  private static final Duration FOLLOWS_FOR = Duration.ofSeconds(1);
  private static final int LINES_OF_A_VERDICT = 4;
  private static final String DOES_NOT_COUNT = "does not count: ";
  private static final int TRIES = 3;

  private final int number;
  private final FaultKind kind;
  private final long seed;
  private final Random random;
  private final CacheShape shape;
  private final boolean busy;
  private final FailureFiles failures;
  private final Recorder recorder = Recorder.start();
  private final List<String> problems = new ArrayList<>();
  private final long startNanos = System.nanoTime();

  private Round(int number, FaultKind kind, long seed, FailureFiles failures) {
    this.number = number;
    this.kind = kind;
    this.seed = seed;
    this.failures = failures;
    this.random = new Random(seed);
    this.shape = NARROW.get(random.nextInt(NARROW.size()));
    this.busy = random.nextBoolean();
  }

  /**
   * Runs one, in some 25 s. Beside the whole cache a narrowed one is on trial; the seed says which.
   * A round that does not count, on a machine that was too busy, is run again.
   *
   * @param failures where the history of a bad round is kept
   */
  public static RoundResult run(int number, FaultKind kind, long seed, FailureFiles failures)
      throws InterruptedException {
    RoundResult result = new Round(number, kind, seed, failures).run();
    for (int tries = 1; tries < TRIES && !counts(result); tries++) {
      result = new Round(number, kind, seed, failures).run();
    }
    return result;
  }

  /** Whether anything but the round itself may be wrong with it. */
  private static boolean counts(RoundResult result) {
    return result.ok()
        || !result.problems().stream().allMatch(problem -> problem.startsWith(DOES_NOT_COUNT));
  }

  private RoundResult run() throws InterruptedException {
    try (Stage stage = Stage.open(seed)) {
      Referee referee = stage.keep(Referee.watch(stage.plane(), PODS_IN_ETCD));
      Freshet freshet = stage.connect(CacheShape.WHOLE);
      List<View> whole = CacheShape.WHOLE.views(freshet);
      Freshet narrow = stage.connect(shape);
      List<View> all = Stream.concat(whole.stream(), shape.views(narrow).stream()).toList();
      Told told = stage.keep(new Told(whole.getFirst()));
      Writers writers = stage.writers(recorder);
      Readers readers = stage.readers(recorder);
      long steadyNanos = System.nanoTime();
      writers.resume();
      readers.readCached(all);
      readers.readStrong(whole);
      Thread.sleep(UNTIL_BACKUP);
      var backup = stage.plane().backUpEtcd();
      Thread.sleep(UNTIL_FAULT);
      long rate = ratePerSecond(steadyNanos);

      HealthLog health =
          stage.keep(new HealthLog(Map.of("whole", freshet, shape.toString(), narrow)));
      kind.strike(new Ground(stage, writers, backup, referee::across, random));
      writers.resume();
      double converged = converge(writers, new Convergence(stage.etcd(), holdings(all, told)));
      health.close();

      readers.close();
      readers.lastLook(all);
      problems.addAll(readers.defects());
      told.defect().ifPresent(problems::add);
      if (!kind.endsAnEpoch()) {
        readers.alarm().ifPresent(alarm -> problems.add("a false alarm: " + alarm));
      }
      if (rate < MIN_OPERATIONS_PER_SECOND) {
        problems.add(DOES_NOT_COUNT + "only %d operations/s before the fault".formatted(rate));
      }
      if (kind.breaksTheWatch() && !health.sawAWatchBroken()) {
        problems.add(DOES_NOT_COUNT + "no watch was seen to be broken");
      }
      return judged(recorder.history(), referee.log(), rate, converged, readers, health);
    }
  }

  private static List<Holding> holdings(List<View> views, Told told) {
    return Stream.concat(views.stream().map(View::holding), Stream.of(told.holding())).toList();
  }

  private long ratePerSecond(long sinceNanos) {
    double seconds = (System.nanoTime() - sinceNanos) / 1e9;
    return Math.round(recorder.history().operations().size() / seconds);
  }

  /** From the fault's end to equality, which must then hold after some more writes. */
  private double converge(Writers writers, Convergence convergence) throws InterruptedException {
    long endNanos = System.nanoTime();
    if (busy) {
      Thread.sleep(BUSY_AFTERWARDS);
    }
    writers.pause();
    Optional<String> difference = convergence.await(endNanos + CONVERGES_WITHIN.toNanos());
    double seconds = (System.nanoTime() - endNanos) / 1e9;
    if (difference.isPresent()) {
      problems.add("not equal to etcd in time: " + difference.get());
      return RoundResult.NEVER;
    }
    writers.resume();
    Thread.sleep(FOLLOWS_FOR);
    writers.pause();
    convergence
        .await(System.nanoTime() + CONVERGES_WITHIN.toNanos())
        .ifPresent(lost -> problems.add("does not follow after it had converged: " + lost));
    return seconds;
  }

  private RoundResult judged(
      History history,
      EtcdLog log,
      long rate,
      double converged,
      Readers readers,
      HealthLog health) {
    Verdict verdict = Judge.of(log).check(history);
    if (!verdict.accepted()) {
      problems.add(verdict.toString().lines().limit(LINES_OF_A_VERDICT).collect(joining("; ")));
    }
    List<String> noticed = health.entries().stream().map(HealthLog.Entry::toString).toList();
    var result =
        new RoundResult(
            number,
            kind,
            seed,
            shape,
            busy,
            problems.isEmpty(),
            converged,
            verdict.readsJudged(),
            verdict.writesJudged(),
            history.failedReads(),
            readers.alarmed(),
            rate,
            noticed,
            problems,
            (System.nanoTime() - startNanos) / 1e9);
    if (!result.ok()) {
      failures.keep(result, verdict, history, log);
    }
    return result;
  }
}
