package dev.freshet.error;

import java.time.Duration;

/**
 * A cache did not come as far as a read demanded, in the time that the read would wait, and the
 * read was not to ask the server. The read fails; it is never answered weaker.
 */
public final class CacheBehindException extends FreshetException {

  private static final long serialVersionUID = 1L;

  private final String kind;
  private final String wanted;
  private final String had;
  private final Duration waited;

  /**
   * @param kind what was read, such as {@code pods}
   * @param wanted the version demanded; empty if it was a delete that had to show
   * @param had the version that the cache had; empty if it had no complete list
   */
  public CacheBehindException(String kind, String wanted, String had, Duration waited) {
    super(
        "waited "
            + waited.toMillis()
            + " ms for the cache of "
            + kind
            + " to reach "
            + (wanted.isEmpty() ? "a delete of this session" : wanted)
            + ", and it "
            + (had.isEmpty() ? "has no complete list yet" : "is at " + had),
        "Wait longer, use otherwise(ASK_SERVER), or see in health() what keeps the cache back.",
        null);
    this.kind = kind;
    this.wanted = wanted;
    this.had = had;
    this.waited = waited;
  }

  /** What was read, as RBAC names it. */
  public String kind() {
    return kind;
  }

  /** The resourceVersion that was demanded; empty if it was a delete that had to show. */
  public String wanted() {
    return wanted;
  }

  /** The resourceVersion that the cache had; empty if it had no complete list. */
  public String had() {
    return had;
  }

  /** How long was waited. */
  public Duration waited() {
    return waited;
  }
}
