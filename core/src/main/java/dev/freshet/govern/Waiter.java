package dev.freshet.govern;

import dev.freshet.load.Priority;
import java.util.concurrent.CountDownLatch;

/**
 * A request that waits to be allowed. Every field is read and written under the governor's lock.
 */
final class Waiter implements Comparable<Waiter> {
  final Caller caller;
  final Priority priority;

  /** The place among those of one priority: who came first. */
  final long number;

  /** Opened when there is something to look at: it is allowed, or it is the first of all now. */
  CountDownLatch woken = new CountDownLatch(1);

  boolean allowed;

  Waiter(Caller caller, Priority priority, long number) {
    this.caller = caller;
    this.priority = priority;
    this.number = number;
  }

  @Override
  public int compareTo(Waiter other) {
    int byPriority = priority.compareTo(other.priority);
    return byPriority != 0 ? byPriority : Long.compare(number, other.number);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Waiter waiter && waiter.number == number;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number);
  }
}
