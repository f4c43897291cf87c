package dev.freshet.error;

import org.jspecify.annotations.Nullable;

/** Something was larger than a limit that protects this process. Names the limit and its value. */
public final class LimitExceededException extends FreshetException {

  private static final long serialVersionUID = 1L;

  public LimitExceededException(String problem, String remedy) {
    this(problem, remedy, null);
  }

  public LimitExceededException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem, remedy, cause);
  }
}
