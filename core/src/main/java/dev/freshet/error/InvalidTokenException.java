package dev.freshet.error;

/** A text that is no token, or one that cannot be used as asked. */
public final class InvalidTokenException extends FreshetException {

  private static final long serialVersionUID = 1L;

  public InvalidTokenException(String problem, String remedy) {
    super(problem, remedy, null);
  }
}
