package dev.freshet.feed;

import dev.freshet.error.ApiException;
import dev.freshet.error.FreshetException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long a feed waits before its next try. For one thread. */
final class Pauses {

  /** A history that the server no longer has. */
  private static final int GONE = 410;

  private final Backoff tries;

  /**
   * After a lost history: the server answers, so an outage before it must not be paid for again.
   */
  private final Backoff relists;

  Pauses(RandomGenerator random) {
    this.tries = new Backoff(random);
    this.relists = new Backoff(random);
  }

  Duration next() {
    return tries.next(Optional.empty());
  }

  Duration after(FreshetException failure) {
    return failure instanceof ApiException e
        ? (e.code() == GONE ? relists : tries).next(e.retryAfter())
        : next();
  }

  /** Something went right: begin small again. */
  void reset() {
    tries.reset();
    relists.reset();
  }
}
