package dev.freshet.error;

import org.jspecify.annotations.Nullable;

/**
 * The API server's answer was not what its content type promises. The stream it came from is given
 * up: no event is ever skipped.
 */
public final class MalformedResponseException extends FreshetException {

  private static final long serialVersionUID = 1L;

  public MalformedResponseException(String problem, String remedy) {
    this(problem, remedy, null);
  }

  public MalformedResponseException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem, remedy, cause);
  }
}
