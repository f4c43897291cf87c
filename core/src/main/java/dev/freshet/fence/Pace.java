package dev.freshet.fence;

import dev.freshet.time.TimeSource;
import java.time.Duration;

/** How often something may be done. Thread-safe. */
public final class Pace {

  private final long intervalNanos;
  private final TimeSource time;
  private long nextNanos;
  private boolean used;

  private Pace(long intervalNanos, TimeSource time) {
    this.intervalNanos = intervalNanos;
    this.time = time;
  }

  /** As often as anybody likes. */
  public static Pace unlimited(TimeSource time) {
    return new Pace(0, time);
  }

  /**
   * At most so often in each second, evenly spread.
   *
   * @param perSecond above zero
   */
  public static Pace perSecond(double perSecond, TimeSource time) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("a rate must be positive, not " + perSecond);
    }
    return new Pace((long) (1e9 / perSecond), time);
  }

  /** How long to wait before the next time. */
  public synchronized Duration untilNext() {
    return used ? Duration.ofNanos(Math.max(0, nextNanos - time.monotonicNanos())) : Duration.ZERO;
  }

  /** It is being done now. */
  public synchronized void took() {
    used = true;
    nextNanos = time.monotonicNanos() + intervalNanos;
  }
}
