package dev.freshet.time;

import java.time.Duration;

/** The moment by which something must be done. Immutable. */
public final class Deadline {

  private final TimeSource time;
  private final long startNanos;
  private final long lengthNanos;

  private Deadline(TimeSource time, Duration length) {
    this.time = time;
    this.startNanos = time.monotonicNanos();
    this.lengthNanos = nanos(length);
  }

  public static Deadline in(Duration length, TimeSource time) {
    return new Deadline(time, length);
  }

  /** What is left; zero when it has passed. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, lengthNanos - (time.monotonicNanos() - startNanos)));
  }

  /** How long ago this deadline was set. */
  public Duration elapsed() {
    return Duration.ofNanos(Math.max(0, time.monotonicNanos() - startNanos));
  }

  /** A duration too long to count in nanoseconds is as good as 292 years. */
  private static long nanos(Duration length) {
    try {
      return length.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }
}
