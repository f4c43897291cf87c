package dev.freshet.govern;

import dev.freshet.time.TimeSource;
import java.time.Duration;

/**
 * How many requests the server takes at a time. For one lock.
 *
 * <p>One more after as many good answers while at least half as many are under way; half of what is
 * under way when it refuses one or takes too long to answer. Those that were sent before it became
 * less say nothing new. What was one too many is tried again only after some time, which doubles as
 * long as it still is: each refusal costs all of us the pause that the server asks for.
 */
final class Crowding {
  /** The server itself gives up waiting for its cache after 3 s, and queues requests for 15 s. */
  static final Duration TOO_LONG = Duration.ofSeconds(5);

  static final Duration PATIENCE_AT_FIRST = Duration.ofSeconds(2);
  static final Duration MOST_PATIENCE = Duration.ofSeconds(32);

  private static final int LEAST = 1;
  private static final int MOST = 1_000;
  private static final int AT_FIRST = 64;

  private final TimeSource time;
  private int limit = AT_FIRST;

  /** Good answers since it became more or less. */
  private int good;

  private long lessenedNanos;
  private boolean lessened;

  /** What was not too many when one more was; more is tried when {@link #patience} ends. */
  private int enough = MOST;

  private Duration patience = PATIENCE_AT_FIRST;

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
   * @return whether there is any room as far as we know: it was not refused while it was alone
   */
  boolean learn(long sentNanos, int inFlight, boolean refused) {
    long now = time.monotonicNanos();
    if (refused || now - sentNanos > TOO_LONG.toNanos()) {
      if (!lessened || sentNanos - lessenedNanos >= 0) {
        int tooMany = Math.min(limit, inFlight);
        lessen(tooMany, now);
        return tooMany > LEAST;
      }
    } else if (inFlight * 2 >= limit && ++good >= limit && mayGrow(now)) {
      if (limit > enough) {
        // One too many is none any more.
        enough = MOST;
        patience = PATIENCE_AT_FIRST;
      }
      limit = Math.min(MOST, limit + 1);
      good = 0;
    }
    return true;
  }

  private void lessen(int tooMany, long now) {
    boolean still = tooMany > enough;
    Duration twice = patience.multipliedBy(2);
    patience =
        !still ? PATIENCE_AT_FIRST : twice.compareTo(MOST_PATIENCE) < 0 ? twice : MOST_PATIENCE;
    // A single one that is refused says nothing about how many are too many.
    enough = tooMany > LEAST ? tooMany - 1 : MOST;
    limit = Math.max(LEAST, tooMany / 2);
    good = 0;
    lessened = true;
    lessenedNanos = now;
  }

  private boolean mayGrow(long now) {
    return limit != enough || now - lessenedNanos > patience.toNanos();
  }
}
