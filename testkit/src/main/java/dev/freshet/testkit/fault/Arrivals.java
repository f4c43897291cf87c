package dev.freshet.testkit.fault;

import dev.freshet.testkit.TestkitException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The requests that have come and that no test has taken, in the order of arrival. Thread-safe. */
final class Arrivals {
  /** Requests that may wait to be taken; a further one is reset as refused. */
  static final int MAX_WAITING = 1_000;

  /** The longest body that a request may have; the API server's own limit is 3 MiB. */
  static final int MAX_BODY_BYTES = 4 << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition came = lock.newCondition();
  private final List<Exchange> waiting = new ArrayList<>();
  private final List<Standing> standing = new CopyOnWriteArrayList<>();
  private volatile Duration patience;

  /** What answers requests that no test wants to see. */
  private record Standing(Predicate<Request> which, Consumer<Exchange> answer) {}

  Arrivals(Duration patience) {
    this.patience = patience;
  }

  Duration patience() {
    return patience;
  }

  void patience(Duration newPatience) {
    patience = newPatience;
  }

  /** The one added last is asked first. */
  void always(Predicate<Request> which, Consumer<Exchange> answer) {
    standing.addFirst(new Standing(which, answer));
  }

  void add(Exchange exchange) {
    for (Standing answer : standing) {
      if (answer.which().test(exchange.request())) {
        // Not on this thread, which also writes what the answer pushes.
        Thread.ofVirtual().start(() -> answer.answer().accept(exchange));
        return;
      }
    }
    lock.lock();
    try {
      if (waiting.size() < MAX_WAITING) {
        waiting.add(exchange);
        came.signalAll();
        return;
      }
    } finally {
      lock.unlock();
    }
    exchange.reset(StreamError.REFUSED_STREAM);
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the first that is wanted, and leaves those before it.
   *
   * @throws TestkitException when none came in time
   */
  Exchange take(String what, Predicate<Request> which) {
    lock.lock();
    try {
      long left = patience.toNanos();
      Optional<Exchange> found = remove(which);
      while (found.isEmpty() && left > 0) {
        left = came.awaitNanos(left);
        found = remove(which);
      }
      return found.orElseThrow(
          () ->
              new TestkitException(
                  "No %s came within %d s; not taken yet: %s"
                      .formatted(what, patience.toSeconds(), waiting)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestkitException("Interrupted while waiting for a " + what + ".", e);
    } finally {
      lock.unlock();
    }
  }

  private Optional<Exchange> remove(Predicate<Request> which) {
    for (Iterator<Exchange> each = waiting.iterator(); each.hasNext(); ) {
      Exchange exchange = each.next();
      if (which.test(exchange.request())) {
        each.remove();
        return Optional.of(exchange);
      }
    }
    return Optional.empty();
  }
}
