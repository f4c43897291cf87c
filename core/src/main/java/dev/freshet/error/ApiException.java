package dev.freshet.error;

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

  public ApiException(int code, String reason, String problem, String remedy) {
    super(problem, remedy, null);
    this.code = code;
    this.reason = reason;
  }

  /** The HTTP status code, or the code of an {@code ERROR} watch event. */
  public int code() {
    return code;
  }

  /** The machine-readable reason, such as {@code Expired} or {@code Forbidden}; may be empty. */
  public String reason() {
    return reason;
  }
}
