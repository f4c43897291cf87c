package dev.freshet;

import dev.freshet.change.ChangeQueue;
import dev.freshet.change.QueuedChange;
import dev.freshet.error.ClosedException;
import dev.freshet.error.DeadlineException;
import dev.freshet.feed.Feed;
import dev.freshet.object.StoredObject;
import dev.freshet.store.Snapshot;
import dev.freshet.time.Deadline;
import dev.freshet.time.Moment;
import dev.freshet.time.TimeSource;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes changes out of a queue and calls one handler with them, on a virtual thread of its own. */
final class Delivery<T> implements Subscription {

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final List<Feed> streams;
  private final Changes<T> changes;
  private final ChangeHandler<T> handler;
  private final String name;
  private final TimeSource time;
  private final Consumer<Delivery<?>> onClose;
  private final ChangeQueue queue;
  private final CountDownLatch initialLists;
  private final Thread thread;

  private volatile boolean closed;
  private volatile long delivered;
  private volatile long failures;
  private volatile @Nullable Throwable lastFailure;
  private volatile int initialLeft;
  private volatile @Nullable Moment working;
  private boolean toldOfConflation;

  /**
   * @param name for the log and the thread
   * @param onClose called with this at every close
   */
  Delivery(
      List<Feed> streams,
      Changes<T> changes,
      ChangeHandler<T> handler,
      int queueCapacity,
      String name,
      TimeSource time,
      Consumer<Delivery<?>> onClose) {
    this.streams = streams;
    this.changes = changes;
    this.handler = handler;
    this.name = name;
    this.time = time;
    this.onClose = onClose;
    this.queue = new ChangeQueue(queueCapacity, time);
    this.initialLists = new CountDownLatch(streams.size());
    this.thread = Thread.ofVirtual().name("freshet-handler-" + name).unstarted(this::run);
  }

  void start() {
    streams.forEach(stream -> stream.store().listen(queue));
    thread.start();
  }

  private void run() {
    try {
      Optional<QueuedChange> next = queue.take();
      while (next.isPresent()) {
        working = next.get().since();
        switch (next.get()) {
          case QueuedChange.Held held -> tellHeld(held.snapshot());
          case QueuedChange.Changed changed -> tell(changed);
        }
        working = null;
        next = queue.take();
      }
    } catch (InterruptedException e) {
      // Nobody else has this thread, and what a handler leaves standing is cleared after each call.
      LOG.error("The handler {} was interrupted and is told nothing more", name, e);
      close();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread counts.
  private void tellHeld(Snapshot snapshot) {
    List<StoredObject> held = changes.candidates(snapshot);
    initialLeft = held.size();
    Iterator<StoredObject> each = held.iterator();
    while (each.hasNext() && !closed) {
      StoredObject object = each.next();
      initialLeft--;
      call(() -> changes.initial(object, snapshot));
    }
    initialLists.countDown();
  }

  private void tell(QueuedChange.Changed changed) {
    if (changed.standsFor() > 1 && !toldOfConflation) {
      toldOfConflation = true;
      LOG.warn("The handler {} is too slow: from now on it misses states between", name);
    }
    call(() -> changes.of(changed.change(), changed.standsFor()));
  }

  /** The change is made in here too: what cannot be read is a failure, and not passed over. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread counts.
  private void call(Supplier<Optional<Change<T>>> change) {
    try {
      Optional<Change<T>> told = change.get();
      if (told.isPresent() && !closed) {
        delivered++;
        handler.onEvent(told.get());
      }
    } catch (Throwable e) {
      failed(e);
    } finally {
      // A handler that interrupts itself, or lets an interrupt stand, must not end what follows.
      Thread.interrupted();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread counts.
  private void failed(Throwable e) {
    if (failures == 0) {
      LOG.warn("The handler {} threw; it is told the next changes all the same", name, e);
    } else {
      LOG.debug("The handler {} threw again", name, e);
    }
    lastFailure = e;
    failures++;
  }

  @Override
  public SubscriptionHealth health() {
    ChangeQueue.Level level = queue.level();
    Optional<Moment> oldest = Optional.ofNullable(working).or(level::oldest);
    return new SubscriptionHealth(
        closed,
        delivered,
        level.waiting() + initialLeft,
        level.conflated(),
        failures,
        Optional.ofNullable(lastFailure),
        closed ? Duration.ZERO : oldest.map(time::since).orElse(Duration.ZERO));
  }

  @Override
  public void awaitInitial(Duration within) {
    Deadline deadline = Deadline.in(within, time);
    try {
      boolean told = time.await(initialLists, deadline.remaining());
      if (closed) {
        throw new ClosedException("the subscription " + name + " is closed", "Make a new one.");
      }
      if (!told) {
        throw new DeadlineException(
            "the handler " + name + " to be told of the initial list",
            deadline.elapsed(),
            "Wait longer, or see in health() whether the cache or the handler is slow.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeadlineException(
          "the handler " + name + " to be told of the initial list",
          deadline.elapsed(),
          "This wait was interrupted.");
    }
  }

  @Override
  public void close() {
    closed = true;
    streams.forEach(stream -> stream.store().unlisten(queue));
    queue.close();
    while (initialLists.getCount() > 0) {
      initialLists.countDown();
    }
    onClose.accept(this);
  }

  @Override
  public String toString() {
    return name;
  }
}
