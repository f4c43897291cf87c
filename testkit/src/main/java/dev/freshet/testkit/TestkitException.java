package dev.freshet.testkit;

import org.jspecify.annotations.Nullable;

/**
 * A failure of the testkit itself. The message says what was asked, what was found and what to do,
 * and may be shown to a user as it is.
 */
public class TestkitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TestkitException(String message) {
    super(message);
  }

  public TestkitException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
