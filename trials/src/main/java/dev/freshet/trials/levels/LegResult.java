package dev.freshet.trials.levels;

import dev.freshet.testkit.history.EtcdLog;
import dev.freshet.testkit.history.Route;
import dev.freshet.testkit.history.Watched;
import dev.freshet.testkit.judge.Coverage;
import dev.freshet.testkit.judge.Rule;
import dev.freshet.testkit.judge.Verdict;
import dev.freshet.trials.fault.FaultKind;
import java.util.List;
import java.util.Map;

/**
 * What one leg gave, as a line of the result file.
 *
 * @param leg its number, from 1
 * @param seed decides what clients do and in which order things break
 * @param ok whether there are no problems
 * @param reads answers that were judged
 * @param writes writes that were judged
 * @param streams what handlers were told, a stream for each
 * @param excused operations that fell into a restore of etcd, where nothing is promised
 * @param epochs histories of etcd
 * @param events what etcd committed of the kinds that were read
 * @param routes answers by route
 * @param strong strong reads that were satisfied
 * @param directShare the share of direct lists among strong reads outside faults
 * @param unsatisfied answers that say themselves that their level was not given
 * @param failures reads that failed, by the class of the failure
 * @param alarmed answers with an alarm, which promise nothing and were not judged
 * @param tokens handed from one process to another
 * @param operationsPerSecond reads and writes before the first fault
 * @param faults each with the seconds until nothing was felt of it any more
 * @param violations by rule; none in a good leg
 * @param problems what was wrong; empty in a good leg
 * @param seconds what it took
 */
public record LegResult(
    int leg,
    long seed,
    boolean ok,
    long reads,
    long writes,
    long streams,
    long excused,
    int epochs,
    long events,
    Map<Route, Long> routes,
    long strong,
    double directShare,
    long unsatisfied,
    Map<String, Long> failures,
    long alarmed,
    long tokens,
    double operationsPerSecond,
    List<Felt> faults,
    Map<Rule, Long> violations,
    List<String> problems,
    Seconds seconds) {
  /** A fault, and for how long something was felt of it. */
  public record Felt(FaultKind kind, double seconds) {}

  /**
   * What a leg took.
   *
   * @param reading from the first read to the last
   * @param judging the judge alone
   * @param all with the control plane's start and the files
   */
  public record Seconds(double reading, double judging, double all) {}

  public LegResult {
    routes = Map.copyOf(routes);
    failures = Map.copyOf(failures);
    faults = List.copyOf(faults);
    violations = Map.copyOf(violations);
    problems = List.copyOf(problems);
  }

  static LegResult of(
      int leg,
      long seed,
      Run.Recorded recorded,
      Verdict verdict,
      Coverage coverage,
      List<String> problems,
      Seconds seconds) {
    EtcdLog log = recorded.log();
    return new LegResult(
        leg,
        seed,
        problems.isEmpty(),
        verdict.readsJudged(),
        verdict.writesJudged(),
        recorded.history().all(Watched.class).size(),
        verdict.excused(),
        log.epochs().size(),
        log.epochs().stream().mapToLong(epoch -> epoch.events().size()).sum(),
        coverage.reads(),
        coverage.strongReads(),
        coverage.calmStrongReads() == 0
            ? 0
            : (double) coverage.calmDirectReads() / coverage.calmStrongReads(),
        coverage.unsatisfied(),
        recorded.failures(),
        recorded.alarmed(),
        recorded.tokens(),
        coverage.operationsPerSecond(),
        recorded.struck().stream().map(fault -> new Felt(fault.kind(), fault.seconds())).toList(),
        verdict.counts(),
        problems,
        seconds);
  }
}
