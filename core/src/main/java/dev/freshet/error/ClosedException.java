package dev.freshet.error;

import org.jspecify.annotations.Nullable;

/** A call on, or a wait in, something that has been closed. */
public final class ClosedException extends FreshetException {

  private static final long serialVersionUID = 1L;

  public ClosedException(String problem, String remedy) {
    this(problem, remedy, null);
  }

  public ClosedException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem, remedy, cause);
  }
}
