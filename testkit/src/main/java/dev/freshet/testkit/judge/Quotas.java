package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Route;
import java.util.Map;

/**
 * How much of what a run must contain before its verdict counts for anything.
 *
 * @param strongReads strong reads that were satisfied
 * @param reads answers by each route
 * @param directShareBelow the share of strong reads outside faults that were answered by a direct
 *     list must be below this: else a fallback hides a broken fence
 * @param operationsPerSecond reads and writes together, before the first fault
 */
public record Quotas(
    long strongReads, Map<Route, Long> reads, double directShareBelow, double operationsPerSecond) {
  public Quotas {
    reads = Map.copyOf(reads);
  }

  /** Those of a whole run: 20,000 strong reads, 2,000 by each cache route, 100 by bookmark. */
  public static Quotas standard() {
    return new Quotas(
        20_000,
        Map.of(
            Route.CACHED, 2_000L,
            Route.PROBE, 2_000L,
            Route.TOUCH, 2_000L,
            Route.BOOKMARK, 100L),
        0.05,
        100);
  }
}
