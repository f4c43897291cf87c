package dev.freshet.govern;

import java.time.Duration;
import java.util.Optional;

/**
 * The right to send one request, from when it was allowed to the end of its answer. For one thread,
 * but for {@link #close()}.
 */
public interface Permit extends AutoCloseable {

  /**
   * The headers of the answer are here.
   *
   * @param status the HTTP status
   * @param retryAfter what the server asks for, if it does
   * @return whether to send the request again: it was not carried out, the budget of retries allows
   *     it, and there is time enough for what the server asks for
   */
  boolean answered(int status, Optional<Duration> retryAfter);

  /**
   * Waits until the request may be sent again, after {@link #answered} has said so.
   *
   * @throws dev.freshet.error.LoadBudgetExceededException if the thread is interrupted
   */
  void awaitAgain();

  /** No answer came: the connection failed, or it took too long. */
  void failed();

  /** So many more bytes of the answer have come. */
  void received(long bytes);

  /** The answer has come to its end, or nobody wants the rest. Idempotent. */
  @Override
  void close();
}
