package dev.freshet.testkit.binaries;

import dev.freshet.testkit.TestkitException;
import org.jspecify.annotations.Nullable;

/** Building a program failed or took too long; the message ends with what Go said last. */
public final class BuildFailedException extends TestkitException {
  private static final long serialVersionUID = 1L;

  BuildFailedException(String message) {
    super(message);
  }

  BuildFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
