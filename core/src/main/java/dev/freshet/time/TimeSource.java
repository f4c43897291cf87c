package dev.freshet.time;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Clocks and waiting. Thread-safe. */
public interface TimeSource {

  /** Nanoseconds of a monotonic clock; only differences mean anything. Stops while suspended. */
  long monotonicNanos();

  /** Milliseconds since 1970 of the wall clock; may jump. Does not stop while suspended. */
  long wallMillis();

  /** Lets the time pass on the calling thread. */
  void sleep(Duration duration) throws InterruptedException;

  /**
   * Waits until the latch is open, at most so long.
   *
   * @return whether it is open
   */
  boolean await(CountDownLatch latch, Duration longest) throws InterruptedException;

  /** This machine's clocks. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }

  /** The present moment on both clocks. */
  default Moment now() {
    return new Moment(monotonicNanos(), wallMillis());
  }

  /** How long ago a moment was: the larger of both clocks' answers, and never negative. */
  default Duration since(Moment moment) {
    long byMonotonic = monotonicNanos() - moment.monotonicNanos();
    long byWall = (wallMillis() - moment.wallMillis()) * 1_000_000L;
    return Duration.ofNanos(Math.max(0, Math.max(byMonotonic, byWall)));
  }
}
