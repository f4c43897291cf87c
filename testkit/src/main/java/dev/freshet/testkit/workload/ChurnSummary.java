package dev.freshet.testkit.workload;

import java.time.Duration;
import java.util.Map;

/**
 * What a {@link Churn} did.
 *
 * @param acknowledged the acknowledged writes of each kind
 * @param refused writes that the server refused
 * @param unknown writes of which nobody knows whether they happened
 * @param elapsed from its start to the answer of its last write
 */
public record ChurnSummary(
    Map<WriteKind, Long> acknowledged, long refused, long unknown, Duration elapsed) {
  public ChurnSummary {
    acknowledged = Map.copyOf(acknowledged);
  }

  /** All acknowledged writes. */
  public long total() {
    return acknowledged.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Acknowledged writes a second. */
  public double perSecond() {
    return elapsed.isZero() ? 0 : total() * 1e9 / elapsed.toNanos();
  }
}
