package dev.freshet;

import dev.freshet.error.ClosedException;
import dev.freshet.error.LimitExceededException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The handlers of one cache. Thread-safe. */
final class Subscriptions {

  /** Handlers that one cache may have; one more is refused. */
  static final int MAX_SUBSCRIPTIONS = 1_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Delivery<?>> open = new ArrayList<>();
  private boolean closed;

  /** Takes one in and starts it. */
  void add(Delivery<?> delivery) {
    lock.lock();
    try {
      if (closed) {
        throw new ClosedException("the cache is closed", "Open a new one.");
      }
      if (open.size() == MAX_SUBSCRIPTIONS) {
        throw new LimitExceededException(
            "the cache has " + MAX_SUBSCRIPTIONS + " handlers already",
            "Close those that are no longer needed, or let one handler serve many.");
      }
      open.add(delivery);
      delivery.start();
    } finally {
      lock.unlock();
    }
  }

  void remove(Delivery<?> delivery) {
    lock.lock();
    try {
      open.remove(delivery);
    } finally {
      lock.unlock();
    }
  }

  /** Closes all, those included that come later. Idempotent. */
  void close() {
    lock.lock();
    try {
      closed = true;
      List.copyOf(open).forEach(Delivery::close);
    } finally {
      lock.unlock();
    }
  }

  /** How many changes wait for them. */
  int queued() {
    lock.lock();
    try {
      return open.stream().mapToInt(delivery -> delivery.health().queued()).sum();
    } finally {
      lock.unlock();
    }
  }

  /** How they do, in words. */
  String summary() {
    lock.lock();
    try {
      long conflated = 0;
      List<String> failing = new ArrayList<>();
      for (Delivery<?> delivery : open) {
        SubscriptionHealth health = delivery.health();
        conflated += health.conflated();
        health
            .lastFailure()
            .ifPresent(
                last ->
                    failing.add(
                        delivery
                            + " has thrown "
                            + health.failures()
                            + " times, last "
                            + last.getClass().getName()));
      }
      if (open.isEmpty()) {
        return "none";
      }
      StringBuilder summary = new StringBuilder();
      summary.append(open.size()).append(open.size() == 1 ? " handler" : " handlers");
      summary.append(", ").append(queued()).append(" changes queued");
      if (conflated > 0) {
        summary.append(", ").append(conflated).append(" conflated");
      }
      failing.forEach(one -> summary.append("; ").append(one));
      return summary.toString();
    } finally {
      lock.unlock();
    }
  }
}
