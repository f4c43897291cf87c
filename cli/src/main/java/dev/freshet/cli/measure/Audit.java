package dev.freshet.cli.measure;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges the answers of one route, a little later than they came: a writer may have its
 * acknowledgement but not have logged it yet. For one thread.
 */
public final class Audit {

  /** Longer than any thread is kept from logging what it knows. */
  private static final long LOGGED_WITHIN_NANOS = Duration.ofSeconds(1).toNanos();

  /** Answers kept for a second look at the end; contradictions beyond that are counted at once. */
  private static final int MAX_SUSPECTS = 100;

  private final Judge judge;
  private final ArrayDeque<TimedAnswer> waiting = new ArrayDeque<>();
  private final List<TimedAnswer> suspects = new ArrayList<>();
  private Tally tally = new Tally(0, 0, 0, 0);

  /**
   * What came out, in numbers of answers.
   *
   * @param stale missed a write that was acknowledged before the read began
   * @param worstNanos the greatest staleness of them
   * @param understated claimed to be less behind than they were
   * @param contradictory lacked a write that their version includes
   */
  public record Tally(long stale, long worstNanos, long understated, long contradictory) {
    Tally plus(Verdict verdict) {
      return new Tally(
          stale + (verdict.stale() ? 1 : 0),
          Math.max(worstNanos, verdict.stalenessNanos()),
          understated + (verdict.understated() ? 1 : 0),
          contradictory + (verdict.contradictory() ? 1 : 0));
    }
  }

  public Audit(WriteLog log) {
    this.judge = new Judge(log);
  }

  /** Takes an answer, and judges those that have waited long enough. */
  void add(TimedAnswer answer) {
    waiting.add(answer);
    while (answer.endNanos() - waiting.getFirst().endNanos() > LOGGED_WITHIN_NANOS) {
      judge(waiting.removeFirst());
    }
  }

  private void judge(TimedAnswer answer) {
    Verdict verdict = judge.judge(answer);
    if (verdict.contradictory() && suspects.size() < MAX_SUSPECTS) {
      suspects.add(answer);
    } else {
      tally = tally.plus(verdict);
    }
  }

  /** Judges the rest. To be called once all writes have ended and are logged. */
  public Tally finish() {
    suspects.addAll(waiting);
    waiting.clear();
    suspects.forEach(answer -> tally = tally.plus(judge.judge(answer)));
    suspects.clear();
    return tally;
  }
}
