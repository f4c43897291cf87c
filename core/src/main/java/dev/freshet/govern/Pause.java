package dev.freshet.govern;

import dev.freshet.time.TimeSource;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a server that has refused a request is left alone. What it asks for holds for the
 * refused request. Others go on, fewer at a time; where not even one alone had room, another
 * program has taken all of it, and all of ours wait, but for a shorter time, since that may end any
 * moment. Either ends a random while later, so that clients that were refused together do not
 * return together. For one lock.
 */
final class Pause {
  /** The longest that is obeyed: a server that has gone mad must not stop us for ever. */
  static final Duration LONGEST = Duration.ofMinutes(1);

  /** The longest that requests wait which were not refused themselves. */
  static final Duration LONGEST_FOR_ALL = Duration.ofSeconds(2);

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

  /** How long a request is to wait that was refused while others had room. */
  Duration of(Duration asked) {
    return Duration.ofNanos(nanos(asked, LONGEST, longer()));
  }

  /** The same of one that was refused while it was alone: all others are to wait, too. */
  Duration ofAll(Duration asked) {
    double longer = longer();
    long end = time.monotonicNanos() + nanos(asked, LONGEST_FOR_ALL, longer);
    if (!pausing || end - endNanos > 0) {
      pausing = true;
      endNanos = end;
    }
    return Duration.ofNanos(nanos(asked, LONGEST, longer));
  }

  private double longer() {
    return 1 + random.nextDouble() * JITTER;
  }

  private static long nanos(Duration asked, Duration longest, double longer) {
    return (long) (Math.min(asked.toNanos(), longest.toNanos()) * longer);
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
