package dev.freshet.error;

import org.jspecify.annotations.Nullable;

/**
 * A read that Freshet cannot answer truthfully the way it was asked: an undeclared kind, a selector
 * the cache cannot evaluate.
 */
public final class UnsupportedReadException extends FreshetException {

  private static final long serialVersionUID = 1L;

  public UnsupportedReadException(String problem, String remedy) {
    this(problem, remedy, null);
  }

  public UnsupportedReadException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem, remedy, cause);
  }
}
