package dev.freshet.govern;

import dev.freshet.load.ServerSigns;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** How requests have gone. For one lock. */
final class Signs {
  /** The weight of the newest answer in the mean. */
  private static final double NEWEST = 0.1;

  private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
  private double meanNanos;

  void add(Outcome outcome, Duration took) {
    if (outcome == Outcome.ANSWERED) {
      boolean first = count(outcome) == 0;
      meanNanos = first ? took.toNanos() : meanNanos + NEWEST * (took.toNanos() - meanNanos);
    }
    counts.merge(outcome, 1L, Long::sum);
  }

  private long count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0L);
  }

  ServerSigns now(int inFlight, int limit, Duration pause) {
    return new ServerSigns(
        count(Outcome.ANSWERED),
        count(Outcome.REFUSED),
        count(Outcome.FAILED),
        count(Outcome.UNANSWERED),
        Duration.ofNanos((long) meanNanos),
        inFlight,
        limit,
        pause);
  }
}
