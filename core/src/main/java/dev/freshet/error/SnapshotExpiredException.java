package dev.freshet.error;

/**
 * A read wanted the state at one exact version, which neither this process nor the API server has
 * any more. The read fails; another state is never given in its place.
 */
public final class SnapshotExpiredException extends FreshetException {

  private static final long serialVersionUID = 1L;

  private final String kind;
  private final String wanted;

  /**
   * @param kind what was read, such as {@code pods}
   * @param wanted the version that is gone
   */
  public SnapshotExpiredException(String kind, String wanted) {
    super(
        "the state of " + kind + " at " + wanted + " is gone, here and at the API server",
        "Begin anew with a current read; the server keeps some minutes of history, and a cache"
            + " what its declaration says.",
        null);
    this.kind = kind;
    this.wanted = wanted;
  }

  /** What was read, as RBAC names it. */
  public String kind() {
    return kind;
  }

  /** The resourceVersion that was wanted. */
  public String wanted() {
    return wanted;
  }
}
