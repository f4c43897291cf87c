package dev.freshet.cli.staleness;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.OptionalDouble;

/** How many events came a second, over the last looks. For one thread. */
final class EventRate {

  /** Long enough that a few events a second make a steady figure. */
  static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

  private static final double NANOS_PER_SECOND = 1e9;

  private final ArrayDeque<Look> looks = new ArrayDeque<>();

  private record Look(long atNanos, long events) {}

  /** Adds a look; gives the rate since the oldest that is kept. */
  OptionalDouble at(long nowNanos, long events) {
    looks.addLast(new Look(nowNanos, events));
    // The second oldest still covers the window, so the oldest can go.
    while (looks.size() > 2 && nowNanos - second().atNanos() >= WINDOW_NANOS) {
      looks.removeFirst();
    }
    Look oldest = looks.getFirst();
    long nanos = nowNanos - oldest.atNanos();
    return nanos <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((events - oldest.events()) * NANOS_PER_SECOND / nanos);
  }

  private Look second() {
    var all = looks.iterator();
    all.next();
    return all.next();
  }
}
