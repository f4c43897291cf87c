package dev.freshet.change;

import dev.freshet.object.ObjectKey;
import dev.freshet.store.ChangeListener;
import dev.freshet.store.Snapshot;
import dev.freshet.store.StoredChange;
import dev.freshet.time.Moment;
import dev.freshet.time.TimeSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The changes that one handler has not been told yet, in order.
 *
 * <p>Up to its capacity it keeps each by itself. Beyond, a change is merged into the last one of
 * its key that still waits: the handler then misses states between, never the last one, and each
 * key's order holds. What an object's coming and going within the queue comes to is nothing. It
 * therefore never holds more than its capacity and two changes for each object that the handler
 * knows or that there is. Adding never waits. Thread-safe.
 */
public final class ChangeQueue implements ChangeListener {

  private final int capacity;
  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final LinkedHashSet<Node> queue = new LinkedHashSet<>();
  private final Map<ObjectKey, Node> lastOfKey = new HashMap<>();
  private long conflated;
  private boolean closed;

  /** One waiting item, and its neighbours among those of the same key. */
  private static final class Node {
    QueuedChange item;
    @Nullable Node earlier;
    @Nullable Node later;

    Node(QueuedChange item) {
      this.item = item;
    }
  }

  /**
   * @param capacity how many changes wait each by itself
   */
  public ChangeQueue(int capacity, TimeSource time) {
    this.capacity = capacity;
    this.time = time;
  }

  @Override
  public void begin(Snapshot held) {
    lock.lock();
    try {
      if (!closed) {
        queue.addLast(new Node(new QueuedChange.Held(held, time.now())));
        arrived.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void changed(List<StoredChange> changes) {
    lock.lock();
    try {
      if (!closed) {
        Moment now = time.now();
        changes.forEach(change -> add(change, now));
        arrived.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void add(StoredChange change, Moment now) {
    Node last = lastOfKey.get(change.key());
    if (queue.size() >= capacity
        && last != null
        && last.item instanceof QueuedChange.Changed waiting) {
      switch (Merge.of(waiting.change(), change)) {
        case Merge.Into(StoredChange both) -> {
          conflated++;
          last.item = new QueuedChange.Changed(both, waiting.standsFor() + 1, waiting.since());
          return;
        }
        case Merge.Nothing nothing -> {
          conflated += 2;
          queue.remove(last);
          unlink(change.key(), last);
          return;
        }
        case Merge.Apart apart -> {}
      }
    }
    Node node = new Node(new QueuedChange.Changed(change, 1, now));
    node.earlier = last;
    if (last != null) {
      last.later = node;
    }
    lastOfKey.put(change.key(), node);
    queue.addLast(node);
  }

  private void unlink(ObjectKey key, Node node) {
    if (node.earlier != null) {
      node.earlier.later = node.later;
    }
    if (node.later != null) {
      node.later.earlier = node.earlier;
    } else if (node.earlier != null) {
      lastOfKey.put(key, node.earlier);
    } else {
      lastOfKey.remove(key);
    }
  }

  /**
   * Waits for the next item: as long as it takes, until this is closed.
   *
   * @return empty once this is closed
   */
  public Optional<QueuedChange> take() throws InterruptedException {
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        arrived.await();
      }
      if (closed) {
        return Optional.empty();
      }
      Node node = queue.removeFirst();
      if (node.item instanceof QueuedChange.Changed changed) {
        unlink(changed.change().key(), node);
      }
      return Optional.of(node.item);
    } finally {
      lock.unlock();
    }
  }

  /**
   * How full this is.
   *
   * @param waiting how many changes wait
   * @param conflated how many have been merged into others so far, or cancelled by them
   * @param oldest since when the first one waits; empty if none does
   */
  public record Level(int waiting, long conflated, Optional<Moment> oldest) {}

  /** How full this is now. */
  public Level level() {
    lock.lock();
    try {
      Optional<Moment> oldest =
          queue.isEmpty() ? Optional.empty() : Optional.of(queue.getFirst().item.since());
      return new Level(queue.size(), conflated, oldest);
    } finally {
      lock.unlock();
    }
  }

  /** Drops all that waits; nothing comes out any more. Idempotent. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      queue.clear();
      lastOfKey.clear();
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
