package dev.freshet.error;

import org.jspecify.annotations.Nullable;

/**
 * The API server could not be reached, or the connection broke: refused, reset, TLS, name
 * resolution. Whether a request took effect is unknown.
 */
public final class ConnectionException extends FreshetException {

  private static final long serialVersionUID = 1L;

  public ConnectionException(String problem, String remedy) {
    this(problem, remedy, null);
  }

  public ConnectionException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem, remedy, cause);
  }
}
