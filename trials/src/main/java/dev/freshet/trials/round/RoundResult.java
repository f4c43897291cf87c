package dev.freshet.trials.round;

import dev.freshet.trials.fault.FaultKind;
import dev.freshet.trials.stage.CacheShape;
import java.util.List;

/**
 * What one round gave, as a line of the result file.
 *
 * @param round its number, from 1
 * @param fault what was broken
 * @param seed decides everything but the machine's pace
 * @param narrow the narrowed cache that was on trial beside a whole one
 * @param busy whether writers went on after the fault's end, so that the cache had to catch up with
 *     them; else it had to come right without any help
 * @param ok whether there are no problems
 * @param convergedSeconds from the fault's end until the cache equalled etcd; -1 if it never did
 * @param readsJudged answers that were judged
 * @param writesJudged writes that were judged
 * @param failedReads reads that failed, as they may while something is broken
 * @param alarmed answers with an alarm, which promise nothing
 * @param operationsPerSecond reads and writes a second before the fault
 * @param noticed what the caches' health said from the fault's beginning to their convergence
 * @param problems what was wrong; empty in a good round
 * @param seconds what the round took in all
 */
public record RoundResult(
    int round,
    FaultKind fault,
    long seed,
    CacheShape narrow,
    boolean busy,
    boolean ok,
    double convergedSeconds,
    long readsJudged,
    long writesJudged,
    long failedReads,
    long alarmed,
    long operationsPerSecond,
    List<String> noticed,
    List<String> problems,
    double seconds) {
  /** The time to converge of a cache that did not. */
  public static final double NEVER = -1;

  public RoundResult {
    noticed = List.copyOf(noticed);
    problems = List.copyOf(problems);
  }

  /** The result of a round that could not be run to its end. */
  static RoundResult broken(int round, FaultKind fault, long seed, String why) {
    var none = List.<String>of();
    return new RoundResult(
        round,
        fault,
        seed,
        CacheShape.WHOLE,
        false,
        false,
        NEVER,
        0,
        0,
        0,
        0,
        0,
        none,
        List.of(why),
        0);
  }
}
