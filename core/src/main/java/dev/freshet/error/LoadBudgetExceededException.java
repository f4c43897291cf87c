package dev.freshet.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that had to wait for its caller's or client's budget, or for a server that asked to be
 * left alone, was not allowed before the read's deadline. Nothing was sent.
 */
public final class LoadBudgetExceededException extends FreshetException {
  private static final long serialVersionUID = 1;

  private final String caller;
  private final String budget;
  private final @Nullable Duration allowedIn;

  /**
   * @param caller who asked
   * @param budget what held it back, in words
   * @param waited how long it waited
   * @param allowedIn when it would have been allowed, from now; empty if that depends on others
   */
  public LoadBudgetExceededException(
      String caller, String budget, Duration waited, Optional<Duration> allowedIn) {
    super(
        "a request of \""
            + caller
            + "\" waited "
            + waited.toMillis()
            + " ms for "
            + budget
            + allowedIn
                .map(in -> ", which would have allowed it in " + in.toMillis() + " ms")
                .orElse(""),
        "Read from the cache, ask less often, allow more time, or raise the budget.",
        null);
    this.caller = caller;
    this.budget = budget;
    this.allowedIn = allowedIn.orElse(null);
  }

  /** Who asked. */
  public String caller() {
    return caller;
  }

  /** What held it back, in words. */
  public String budget() {
    return budget;
  }

  /** When it would have been allowed, from when it failed; empty if that depended on others. */
  public Optional<Duration> allowedIn() {
    return Optional.ofNullable(allowedIn);
  }
}
