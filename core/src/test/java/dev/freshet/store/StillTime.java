package dev.freshet.store;

import dev.freshet.time.TimeSource;
import java.time.Duration;

/** Time that does not pass; how a wait ends is for each to say. */
interface StillTime extends TimeSource {
  @Override
  default long monotonicNanos() {
    return 0;
  }

  @Override
  default long wallMillis() {
    return 0;
  }

  @Override
  default void sleep(Duration duration) {}
}
