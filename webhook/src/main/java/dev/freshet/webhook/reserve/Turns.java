package dev.freshet.webhook.reserve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets the reviews of one bucket be decided together: while some are, all who come gather, and the
 * first of them then decides for all. Whoever is decided for began to wait before the decision
 * began, so its view is as current as its own would have been. Thread-safe.
 *
 * @param <R> a review that waits
 */
final class Turns<R extends Turns.Waiting> {

  private final Semaphore turn = new Semaphore(1, true);
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<R> gathered = new ArrayDeque<>();

  /** One that waits to be decided. */
  interface Waiting {
    boolean isDecided();
  }

  /** Decides all of some. */
  @FunctionalInterface
  interface Decision<R> {
    void decide(List<R> together) throws InterruptedException;
  }

  /**
   * Waits until this one is decided, by this thread or another.
   *
   * @throws InterruptedException if its time is over; then nobody decides it any more
   */
  void decide(R mine, Decision<R> decision) throws InterruptedException {
    gather(List.of(mine));
    try {
      turn.acquire();
    } catch (InterruptedException e) {
      leave(mine);
      throw e;
    }
    try {
      if (!mine.isDecided()) {
        lead(mine, decision);
      }
    } finally {
      turn.release();
    }
  }

  private void lead(R mine, Decision<R> decision) throws InterruptedException {
    List<R> together = all();
    try {
      decision.decide(together);
    } finally {
      // If this one failed the others try themselves: their time may be longer.
      together.removeIf(one -> one.equals(mine) || one.isDecided());
      gather(together);
    }
  }

  private void gather(List<R> some) {
    lock.lock();
    try {
      gathered.addAll(some);
    } finally {
      lock.unlock();
    }
  }

  private List<R> all() {
    lock.lock();
    try {
      List<R> all = new ArrayList<>(gathered);
      gathered.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }

  private void leave(R mine) {
    lock.lock();
    try {
      gathered.remove(mine);
    } finally {
      lock.unlock();
    }
  }
}
