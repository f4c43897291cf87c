package dev.freshet.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API server answered, and the answer was a failure.
 *
 * <p>{@link #code()} and {@link #reason()} are those of the Kubernetes {@code Status}; the reason
 * is empty where the server sent none.
 */
public final class ApiException extends FreshetException {

  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;
  private final @Nullable Duration retryAfter;

  public ApiException(
      int code, String reason, Optional<Duration> retryAfter, String problem, String remedy) {
    super(problem, remedy, null);
    this.code = code;
    this.reason = reason;
    this.retryAfter = retryAfter.orElse(null);
  }

  /** The HTTP status code, or the code of an {@code ERROR} watch event. */
  public int code() {
    return code;
  }

  /** The machine-readable reason, such as {@code Expired} or {@code Forbidden}; may be empty. */
  public String reason() {
    return reason;
  }

  /** How long the server asks to wait before trying again, if it said so. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
