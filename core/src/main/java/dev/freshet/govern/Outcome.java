package dev.freshet.govern;

import java.time.Duration;
import java.util.Optional;

/** How a request ended, as far as the server's load shows in it. */
enum Outcome {
  ANSWERED,
  /** The server had no room for it and asks to come again. */
  REFUSED,
  /** The server was in trouble. */
  FAILED,
  /** No answer came. */
  UNANSWERED;

  /** How long a server is left alone that refused without saying for how long. */
  static final Duration UNSAID = Duration.ofSeconds(1);

  static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;
  private static final int TROUBLE = 500;

  static Outcome of(int status, Optional<Duration> retryAfter) {
    if (status == TOO_MANY_REQUESTS || (status == UNAVAILABLE && retryAfter.isPresent())) {
      return REFUSED;
    }
    return status >= TROUBLE ? FAILED : ANSWERED;
  }
}
