package dev.freshet.govern;

import dev.freshet.time.TimeSource;
import java.time.Duration;

/**
 * How many requests the server takes at a time: one more after as many good answers while at least
 * half as many are under way, half as many when it refuses one or takes too long to answer. Those
 * that were sent before it became less say nothing new. For one lock.
 */
final class Crowding {
  /** The server itself gives up waiting for its cache after 3 s, and queues requests for 15 s. */
  static final Duration TOO_LONG = Duration.ofSeconds(5);

  private static final int LEAST = 2;
  private static final int MOST = 1_000;
  private static final int AT_FIRST = 64;

  private final TimeSource time;
  private int limit = AT_FIRST;

  /** Good answers since it became more or less. */
  private int good;

  private long lessenedNanos;
  private boolean lessened;

  Crowding(TimeSource time) {
    this.time = time;
  }

  int limit() {
    return limit;
  }

  /**
   * Learns how a request went.
   *
   * @param sentNanos when it was sent
   * @param inFlight how many were under way, with this one
   * @param refused whether the server had no room for it
   */
  void learn(long sentNanos, int inFlight, boolean refused) {
    long now = time.monotonicNanos();
    if (refused || now - sentNanos > TOO_LONG.toNanos()) {
      if (!lessened || sentNanos - lessenedNanos >= 0) {
        limit = Math.max(LEAST, limit / 2);
        good = 0;
        lessened = true;
        lessenedNanos = now;
      }
    } else if (inFlight * 2 >= limit && ++good >= limit) {
      limit = Math.min(MOST, limit + 1);
      good = 0;
    }
  }
}
