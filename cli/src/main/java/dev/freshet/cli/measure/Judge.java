package dev.freshet.cli.measure;

import dev.freshet.cli.measure.LoggedWrite.After;
import dev.freshet.object.ResourceVersion;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Says which acknowledged writes an answer missed: by the version that it claims to be the state
 * at, and by what it holds. Every write acknowledged before the read began must be logged by now.
 *
 * <p>Only what is sure counts. A write acknowledged after the read began may be in the answer or
 * not.
 */
final class Judge {

  private final WriteLog log;

  Judge(WriteLog log) {
    this.log = log;
  }

  Verdict judge(TimedAnswer answer) {
    var findings = new Findings();
    log.forEachHistory(history -> look(answer, history, findings));
    boolean stale = findings.missed > 0;
    long staleness = stale ? answer.startNanos() - findings.oldestMissedNanos : 0;
    boolean understated =
        stale && answer.behindAtMost().filter(claim -> claim.toNanos() < staleness).isPresent();
    return new Verdict(stale, staleness, understated, findings.contradictory);
  }

  private static final class Findings {
    private int missed;
    private long oldestMissedNanos = Long.MAX_VALUE;
    private boolean contradictory;
  }

  /**
   * Goes from the newest write back to the first that the answer contains: versions of an object
   * only grow, so it contains all before that.
   */
  private void look(TimedAnswer answer, List<LoggedWrite> history, Findings findings) {
    for (int i = history.size() - 1; i >= 0; i--) {
      LoggedWrite write = history.get(i);
      if (write.acknowledgedNanos() - answer.startNanos() >= 0) {
        continue;
      }
      boolean claimsIt = answer.asOf().isAtLeast(write.version());
      boolean holdsIt = holds(answer, history, i);
      boolean missedByVersion = write.matters() && !claimsIt;
      if (holdsIt && !missedByVersion) {
        return;
      }
      findings.missed++;
      findings.oldestMissedNanos = Math.min(findings.oldestMissedNanos, write.acknowledgedNanos());
      findings.contradictory |= claimsIt;
    }
  }

  private boolean holds(TimedAnswer answer, List<LoggedWrite> history, int index) {
    LoggedWrite write = history.get(index);
    Optional<ResourceVersion> held = answer.rows().version(write.key());
    return switch (write.after()) {
      case MATCHES ->
          held.isPresent()
              ? held.get().isAtLeast(write.version())
              : mayHaveLeft(answer, history, index);
      case DOES_NOT_MATCH, GONE -> held.isEmpty() || held.get().compareTo(write.version()) > 0;
    };
  }

  /** Whether a later write may have taken the object out of the answer before the read ended. */
  private boolean mayHaveLeft(TimedAnswer answer, List<LoggedWrite> history, int index) {
    OptionalLong unknown = log.unknownSince(history.get(index).key());
    if (unknown.isPresent() && unknown.getAsLong() - answer.endNanos() < 0) {
      return true;
    }
    for (int i = index + 1; i < history.size(); i++) {
      LoggedWrite later = history.get(i);
      if (later.after() != After.MATCHES && later.sentNanos() - answer.endNanos() < 0) {
        return true;
      }
    }
    return false;
  }
}
