package dev.freshet.error;

import java.time.Duration;

/** A wait that ended before what it waited for. The read fails; it is never answered weaker. */
public final class DeadlineException extends FreshetException {

  private static final long serialVersionUID = 1L;

  private final Duration waited;

  /**
   * @param waitedFor what did not come in time, as a noun phrase
   * @param waited how long was waited
   */
  public DeadlineException(String waitedFor, Duration waited, String remedy) {
    super("waited " + waited.toMillis() + " ms for " + waitedFor, remedy, null);
    this.waited = waited;
  }

  /** How long was waited. */
  public Duration waited() {
    return waited;
  }
}
