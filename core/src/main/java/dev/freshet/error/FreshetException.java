package dev.freshet.error;

import org.jspecify.annotations.Nullable;

/**
 * Any failure of a Freshet call.
 *
 * <p>{@link #problem()} is the one-line cause and {@link #remedy()} the one-line advice; {@link
 * #getMessage()} is both. A failed read was not answered: Freshet never hands out a weaker answer
 * in place of an error.
 */
public abstract sealed class FreshetException extends RuntimeException
    permits ApiException,
        BeyondHeadException,
        CacheBehindException,
        CacheNotSyncedException,
        CacheTooOldException,
        ClosedException,
        ConfigurationException,
        ConnectionException,
        DeadlineException,
        FenceException,
        InvalidSelectorException,
        InvalidTokenException,
        LimitExceededException,
        LoadBudgetExceededException,
        MalformedResponseException,
        SnapshotExpiredException,
        UnsupportedReadException {

  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String remedy;

  FreshetException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem + ". " + remedy, cause);
    this.problem = problem;
    this.remedy = remedy;
  }

  /** What was asked and what was found, one line without a closing full stop. */
  public String problem() {
    return problem;
  }

  /** What to do about it, one sentence. */
  public String remedy() {
    return remedy;
  }
}
