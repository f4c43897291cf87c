package dev.freshet.testkit.fault;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One fault in force at a {@link RequestProxy}, until it is lifted or used up. Thread-safe. */
public final class Disturbance implements AutoCloseable {
  private final Predicate<Request> which;
  private final Fault fault;
  private final Consumer<Disturbance> remove;
  private final AtomicLong left;
  private final AtomicLong met = new AtomicLong();

  Disturbance(Predicate<Request> which, Fault fault, long times, Consumer<Disturbance> remove) {
    this.which = which;
    this.fault = fault;
    this.left = new AtomicLong(times);
    this.remove = remove;
  }

  Fault fault() {
    return fault;
  }

  boolean concerns(Request request) {
    return which.test(request);
  }

  /** Whether it falls on this request, which then counts. */
  boolean falls(Request request) {
    if (!concerns(request) || left.getAndUpdate(n -> Math.max(0, n - 1)) == 0) {
      return false;
    }
    met.incrementAndGet();
    return true;
  }

  /** On how many requests that have come since it has fallen so far. */
  public long met() {
    return met.get();
  }

  /** Ends it for requests to come, and lets go what it holds. Idempotent. */
  public void lift() {
    remove.accept(this);
  }

  /** The same as {@link #lift}. */
  @Override
  public void close() {
    lift();
  }
}
