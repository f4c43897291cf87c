package dev.freshet.govern;

/**
 * How many requests may be sent again: one for each {@value #REQUESTS_FOR_ONE} that were sent for
 * the first time, so that a server in trouble never gets more than a tenth on top. For one lock.
 */
final class Retries {
  /** Requests that pay for one retry. */
  static final int REQUESTS_FOR_ONE = 10;

  /** Retries that may be saved up. */
  private static final int MOST_SAVED = 20;

  private int saved;

  /** A request was sent for the first time. */
  void first() {
    saved = Math.min(MOST_SAVED * REQUESTS_FOR_ONE, saved + 1);
  }

  /** Takes one retry, if there is one. */
  boolean take() {
    if (saved < REQUESTS_FOR_ONE) {
      return false;
    }
    saved -= REQUESTS_FOR_ONE;
    return true;
  }
}
