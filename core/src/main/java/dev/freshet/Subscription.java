package dev.freshet;

import java.time.Duration;

/** A handler that is told of changes until this is closed. Thread-safe. */
public sealed interface Subscription extends AutoCloseable permits Delivery {

  /** How the handler keeps up. Any thread, at any time. */
  SubscriptionHealth health();

  /**
   * Waits until the handler has been told of all that was there when it began: of each stream, its
   * first complete list.
   *
   * @throws dev.freshet.error.DeadlineException if that took longer; says what it waits for
   * @throws dev.freshet.error.ClosedException if this is closed
   */
  void awaitInitial(Duration within);

  /**
   * Tells the handler nothing more and drops what waits for it. A call that is running ends in its
   * own time; no other begins. Idempotent; the handler itself may call this.
   */
  @Override
  void close();
}
