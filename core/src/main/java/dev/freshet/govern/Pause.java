package dev.freshet.govern;

import dev.freshet.time.TimeSource;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The time for which the server has asked to be left alone. It ends a random while later than
 * asked, so that clients that were refused together do not return together. For one lock.
 */
final class Pause {
  /** The longest that is obeyed: a server that has gone mad must not stop us for ever. */
  static final Duration LONGEST = Duration.ofMinutes(1);

  /** Of what was asked, how much may come on top. */
  private static final double JITTER = 0.5;

  private final TimeSource time;
  private final RandomGenerator random;
  private long endNanos;
  private boolean pausing;

  Pause(TimeSource time, RandomGenerator random) {
    this.time = time;
    this.random = random;
  }

  /** The server has asked for this, from now. */
  void ask(Duration asked) {
    long nanos = Math.min(asked.toNanos(), LONGEST.toNanos());
    long end = time.monotonicNanos() + nanos + (long) (random.nextDouble() * JITTER * nanos);
    if (!pausing || end - endNanos > 0) {
      pausing = true;
      endNanos = end;
    }
  }

  /** How much of it is left; zero if none. */
  long leftNanos() {
    if (!pausing) {
      return 0;
    }
    long left = endNanos - time.monotonicNanos();
    if (left <= 0) {
      pausing = false;
      return 0;
    }
    return left;
  }
}
