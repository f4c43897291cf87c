package dev.freshet.request;

import dev.freshet.transport.ApiResponse;
import java.time.Duration;
import java.util.Optional;

/** How long a server asks to wait before the next try, in whole seconds. */
final class RetryAfter {

  private RetryAfter() {}

  static Optional<Duration> of(ApiResponse response) {
    return response
        .header("Retry-After")
        .filter(text -> text.matches("\\d{1,6}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }
}
