package dev.freshet.testkit.workload;

import java.util.concurrent.TimeUnit;

/** Monotonic time, and the wait for it; injected so that tests decide both. Thread-safe. */
public interface Ticker {
  /** Nanoseconds from an arbitrary start, as {@link System#nanoTime}. */
  long nanoTime();

  /** Returns at {@code nanoTime} or, when that is past, at once. */
  void sleepUntil(long nanoTime) throws InterruptedException;

  /** The time of this JVM. */
  static Ticker system() {
    return new Ticker() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void sleepUntil(long nanoTime) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
      }
    };
  }
}
