package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.Level;
import dev.freshet.testkit.history.Read;

/**
 * After a restore, a cache may go on with the ended epoch until it learns better, but not in an
 * answer that claims to be strong, nor in one that claims to be younger than the new epoch.
 */
final class EndedEpochs {
  private EndedEpochs() {}

  /**
   * Checks the reads that belong to an epoch which was replaced.
   *
   * @param replacedNanos when its successor surely ran
   */
  static void check(Trial trial, long replacedNanos, Findings findings) {
    for (Read read : trial.reads()) {
      long sinceNanos = read.invokedNanos() - replacedNanos;
      if (sinceNanos > 0 && claimsAtMost(read) < sinceNanos) {
        findings.add(
            Rule.EPOCH,
            () ->
                Explain.read(read)
                    + "\n    is from an epoch that was replaced %,d µs before, but claims to be at most %,d µs behind"
                        .formatted(sinceNanos / 1_000, claimsAtMost(read) / 1_000),
            read);
      }
    }
  }

  private static long claimsAtMost(Read read) {
    long promised =
        read.answer().satisfied()
            ? switch (read.level()) {
              case Level.Strong strong -> 0;
              case Level.Within within -> within.nanos();
              case Level.Converged converged -> 0;
              case Level.Cached cached -> Long.MAX_VALUE;
              case Level.ReadYourWrites session -> Long.MAX_VALUE;
              case Level.AtLeast token -> Long.MAX_VALUE;
              case Level.Exactly token -> Long.MAX_VALUE;
            }
            : Long.MAX_VALUE;
    long admitted = read.answer().behindAtMostNanos();
    return admitted == Answer.UNKNOWN ? promised : Math.min(promised, admitted);
  }
}
