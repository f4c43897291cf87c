package dev.freshet.feed;

import dev.freshet.error.ApiException;
import dev.freshet.error.ConfigurationException;
import dev.freshet.error.ConnectionException;
import dev.freshet.error.DeadlineException;
import dev.freshet.error.FreshetException;
import dev.freshet.error.LimitExceededException;
import dev.freshet.error.LoadBudgetExceededException;

/** What a failure costs a feed, besides a pause. */
enum FailureCost {
  /** Nothing: the stream is whole up to the frontier and goes on from there. */
  NOTHING,
  /** The lineage: what was sent cannot be trusted, or its history is gone. */
  LINEAGE,
  /** Everything held: there is too much of it. */
  STORE;

  static FailureCost of(FreshetException failure) {
    return switch (failure) {
      case ConnectionException e -> NOTHING;
      case DeadlineException e -> NOTHING;
      case ConfigurationException e -> NOTHING;
      case ApiException e -> isPassing(e) ? NOTHING : LINEAGE;
      case LoadBudgetExceededException e -> NOTHING;
      case LimitExceededException e -> STORE;
      default -> LINEAGE;
    };
  }

  /** Whether the server may well accept the same watch later. */
  private static boolean isPassing(ApiException e) {
    return switch (e.code()) {
      case 401, 403, 429, 500, 502, 503 -> true;
      default -> false;
    };
  }
}
