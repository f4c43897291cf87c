package dev.freshet.cli.measure;

import java.time.Duration;

/** When a route has been read often enough. Thread-safe. */
@FunctionalInterface
public interface Enough {

  boolean reached(long reads);

  /** After so many reads. */
  static Enough reads(long wanted) {
    return reads -> reads >= wanted;
  }

  /** When either has been reached. */
  default Enough or(Enough other) {
    return reads -> reached(reads) || other.reached(reads);
  }

  /** After so much time from now. */
  static Enough after(Duration length) {
    long start = System.nanoTime();
    return reads -> System.nanoTime() - start >= length.toNanos();
  }
}
