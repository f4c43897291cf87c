package dev.freshet.testkit.referee;

import dev.freshet.testkit.TestkitException;
import org.jspecify.annotations.Nullable;

/** The referee's own log is not to be trusted, so that nothing can be judged by it. */
public final class RefereeException extends TestkitException {
  private static final long serialVersionUID = 1L;

  RefereeException(String message) {
    super(message);
  }

  RefereeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
