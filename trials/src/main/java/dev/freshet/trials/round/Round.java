package dev.freshet.trials.round;

import dev.freshet.fabric8.Freshet;
import dev.freshet.testkit.history.EtcdLog;
import dev.freshet.testkit.history.History;
import dev.freshet.testkit.history.Recorder;
import dev.freshet.testkit.judge.Judge;
import dev.freshet.testkit.judge.Verdict;
import dev.freshet.testkit.referee.Referee;
import dev.freshet.trials.fault.FaultKind;
import dev.freshet.trials.fault.Ground;
import dev.freshet.trials.stage.HealthLog;
import dev.freshet.trials.stage.Readers;
import dev.freshet.trials.stage.Stage;
import dev.freshet.trials.stage.Writers;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

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

  private static final String PODS_IN_ETCD = "/registry/pods/";
  private static final Duration UNTIL_BACKUP = Duration.ofSeconds(1);
  private static final Duration UNTIL_FAULT = Duration.ofSeconds(2);
  private static final Duration BUSY_AFTERWARDS = Duration.ofSeconds(3);
  private static final Duration FOLLOWS_FOR = Duration.ofSeconds(1);
  private static final int MAX_NOTICED = 20;

  private final int number;
  private final FaultKind kind;
  private final long seed;
  private final Random random;
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
  }

  /**
   * Runs one, in some 20 s.
   *
   * @param failures where the history of a bad round is kept
   */
  public static RoundResult run(int number, FaultKind kind, long seed, FailureFiles failures)
      throws InterruptedException {
    return new Round(number, kind, seed, failures).run();
  }

  private RoundResult run() throws InterruptedException {
    try (Stage stage = Stage.open(seed)) {
      Referee referee = stage.keep(Referee.watch(stage.plane(), PODS_IN_ETCD));
      Freshet freshet = stage.connect();
      Writers writers = stage.writers(recorder);
      Readers readers = stage.readers(freshet, recorder, "cache");
      long steadyNanos = System.nanoTime();
      writers.resume();
      Thread.sleep(UNTIL_BACKUP);
      var backup = stage.plane().backUpEtcd();
      Thread.sleep(UNTIL_FAULT);
      long rate = ratePerSecond(steadyNanos);

      HealthLog health = stage.keep(new HealthLog(freshet));
      kind.strike(new Ground(stage, writers, backup, referee::across, random));
      boolean busy = random.nextBoolean();
      double converged = converge(stage, freshet, writers, busy);
      health.close();

      readers.lastLook();
      readers.close();
      problems.addAll(readers.defects());
      if (rate < MIN_OPERATIONS_PER_SECOND) {
        problems.add("does not count: only %d operations/s before the fault".formatted(rate));
      }
      if (kind.breaksTheWatch() && !health.sawTheWatchBroken()) {
        problems.add("does not count: the cache's watch was never seen to be broken");
      }
      return judged(recorder.history(), referee.log(), rate, busy, converged, health);
    }
  }

  private long ratePerSecond(long sinceNanos) {
    double seconds = (System.nanoTime() - sinceNanos) / 1e9;
    return Math.round(recorder.history().operations().size() / seconds);
  }

  /** From the fault's end to equality, which must then hold after some more writes. */
  private double converge(Stage stage, Freshet freshet, Writers writers, boolean busy)
      throws InterruptedException {
    long endNanos = System.nanoTime();
    if (busy) {
      Thread.sleep(BUSY_AFTERWARDS);
    }
    writers.pause();
    var convergence = new Convergence(stage, freshet.reads(Pod.class));
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
      History history, EtcdLog log, long rate, boolean busy, double converged, HealthLog health) {
    Verdict verdict = Judge.of(log).check(history);
    if (!verdict.accepted()) {
      problems.add(verdict.toString());
    }
    List<String> noticed =
        health.entries().stream()
            .map(e -> "%d ms: %s, %s".formatted(e.afterMillis(), e.state(), e.why()))
            .limit(MAX_NOTICED)
            .toList();
    var result =
        new RoundResult(
            number,
            kind,
            seed,
            problems.isEmpty(),
            busy,
            converged,
            verdict.readsJudged(),
            verdict.writesJudged(),
            history.failedReads(),
            rate,
            noticed,
            problems,
            (System.nanoTime() - startNanos) / 1e9);
    if (!result.ok()) {
      failures.keep(result, history, log);
    }
    return result;
  }
}
