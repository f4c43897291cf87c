package dev.freshet.feed;

import java.util.concurrent.Semaphore;

/**
 * The one gate for complete lists of all caches of a cluster: {@link #AT_ONCE} at a time, first
 * come first served, so that a restart of the API server does not meet all our lists together.
 */
public final class ListTurns {

  /** Complete lists that run at the same time. */
  static final int AT_ONCE = 4;

  private final Semaphore turns = new Semaphore(AT_ONCE, true);

  /** Waits for a turn; each is to be closed once, when the list is complete or given up. */
  Turn take() throws InterruptedException {
    turns.acquire();
    return new Turn(turns);
  }

  /** The right to list now. For one thread. */
  static final class Turn implements AutoCloseable {
    private final Semaphore turns;
    private boolean closed;

    private Turn(Semaphore turns) {
      this.turns = turns;
    }

    /** Idempotent. */
    @Override
    public void close() {
      if (!closed) {
        closed = true;
        turns.release();
      }
    }
  }
}
