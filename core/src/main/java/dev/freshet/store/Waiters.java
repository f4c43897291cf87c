package dev.freshet.store;

import dev.freshet.error.ClosedException;
import dev.freshet.error.DeadlineException;
import dev.freshet.error.LimitExceededException;
import dev.freshet.time.Deadline;
import dev.freshet.time.TimeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The readers that wait until a store has come far enough. The writer tells them of each snapshot
 * it publishes; with nobody waiting that costs it one read of a volatile.
 */
final class Waiters {

  /** Readers that may wait for one store at once; one more is refused. */
  static final int MAX_WAITERS = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Waiter> waiting = new ArrayList<>();
  private volatile int count;
  private boolean closed;

  private static final class Waiter {
    final Predicate<Snapshot> enough;
    final CountDownLatch woken = new CountDownLatch(1);
    @Nullable Snapshot found;

    Waiter(Predicate<Snapshot> enough) {
      this.enough = enough;
    }
  }

  /**
   * Waits until a snapshot is enough.
   *
   * @param current what is published now, if anything
   * @return that snapshot, or empty when the deadline came first
   */
  Optional<Snapshot> await(
      Supplier<@Nullable Snapshot> current,
      Predicate<Snapshot> enough,
      Deadline deadline,
      TimeSource time) {
    Optional<Snapshot> now = reached(current.get(), enough);
    if (now.isPresent()) {
      return now;
    }
    Waiter waiter = new Waiter(enough);
    boolean entered = enter(waiter);
    try {
      // Published between the first look and the entry: nobody would tell us.
      now = reached(current.get(), enough);
      if (now.isPresent()) {
        return now;
      }
      if (!entered) {
        throw closedException();
      }
      time.await(waiter.woken, deadline.remaining());
      return found(waiter);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeadlineException(
          "the cache to come far enough, until the waiting thread was interrupted",
          deadline.elapsed(),
          "Nothing to do if the interrupt was meant.");
    } finally {
      leave(waiter);
    }
  }

  private static Optional<Snapshot> reached(
      @Nullable Snapshot snapshot, Predicate<Snapshot> enough) {
    return Optional.ofNullable(snapshot).filter(enough);
  }

  private Optional<Snapshot> found(Waiter waiter) {
    // Under the lock: else one that was found and then closed in between would count as closed.
    lock.lock();
    try {
      Snapshot found = waiter.found;
      if (found == null && closed) {
        throw closedException();
      }
      return Optional.ofNullable(found);
    } finally {
      lock.unlock();
    }
  }

  /** Lets the writer know of a waiter; false if nothing will be published any more. */
  private boolean enter(Waiter waiter) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      if (waiting.size() == MAX_WAITERS) {
        throw new LimitExceededException(
            MAX_WAITERS + " reads wait for this cache already",
            "Read with cached() or strong(), or let fewer threads wait.");
      }
      waiting.add(waiter);
      count = waiting.size();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void leave(Waiter waiter) {
    lock.lock();
    try {
      waiting.remove(waiter);
      count = waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** A snapshot has been published. */
  void tell(Snapshot snapshot) {
    if (count == 0) {
      return;
    }
    lock.lock();
    try {
      Iterator<Waiter> each = waiting.iterator();
      while (each.hasNext()) {
        Waiter waiter = each.next();
        if (waiter.enough.test(snapshot)) {
          waiter.found = snapshot;
          waiter.woken.countDown();
          each.remove();
        }
      }
      count = waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing will be published any more: whoever waits fails, and whoever comes. Idempotent. */
  void close() {
    lock.lock();
    try {
      closed = true;
      waiting.forEach(waiter -> waiter.woken.countDown());
      waiting.clear();
      count = 0;
    } finally {
      lock.unlock();
    }
  }

  private static ClosedException closedException() {
    return new ClosedException("the cache is closed", "Open a new one.");
  }
}
