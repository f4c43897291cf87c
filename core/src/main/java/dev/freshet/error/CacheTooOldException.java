package dev.freshet.error;

import java.time.Duration;
import java.util.Optional;

/**
 * A cache was not known to be as fresh as a read demanded, did not become so in the time that the
 * read would wait, and the read was not to ask the server. The read fails; it is never answered
 * weaker.
 */
public final class CacheTooOldException extends FreshetException {

  private static final long serialVersionUID = 1L;

  private final String kind;
  private final Duration wanted;
  private final Duration waited;

  /**
   * @param kind what was read, such as {@code pods}
   * @param wanted how far the cache may be behind
   * @param had how far it was behind at most; empty if not known
   */
  public CacheTooOldException(
      String kind, Duration wanted, Optional<Duration> had, Duration waited) {
    super(
        "waited "
            + waited.toMillis()
            + " ms for the cache of "
            + kind
            + " to be at most "
            + wanted.toMillis()
            + " ms behind, and "
            + had.map(age -> "it may be " + age.toMillis() + " ms behind")
                .orElse("nothing shows how far it is behind"),
        "Wait longer, use otherwise(ASK_SERVER), or see in health() what keeps the cache back.",
        null);
    this.kind = kind;
    this.wanted = wanted;
    this.waited = waited;
  }

  /** What was read, as RBAC names it. */
  public String kind() {
    return kind;
  }

  /** How far the cache was to be behind at most. */
  public Duration wanted() {
    return wanted;
  }

  /** How long was waited. */
  public Duration waited() {
    return waited;
  }
}
