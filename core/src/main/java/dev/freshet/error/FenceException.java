package dev.freshet.error;

/** A fence could not show that the cache is current; nothing was answered from it. */
public final class FenceException extends FreshetException {
  private static final long serialVersionUID = 1L;

  public FenceException(String problem, String remedy) {
    super(problem, remedy, null);
  }
}
