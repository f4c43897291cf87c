package dev.freshet.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Those who are told of every change. Each begins with one snapshot and then hears exactly what
 * leads from there to the next, without gap and without repetition. With nobody listening a
 * publication costs one read of a volatile.
 */
final class Listeners {

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Entry> entries = new ArrayList<>();
  private volatile int count;

  private static final class Entry {
    final ChangeListener listener;

    /** What the listener knows; null before it has begun. */
    @Nullable Snapshot told;

    Entry(ChangeListener listener) {
      this.listener = listener;
    }
  }

  /**
   * Adds one.
   *
   * @param current what is published now, if anything
   */
  void add(ChangeListener listener, Supplier<@Nullable Snapshot> current) {
    lock.lock();
    try {
      Entry entry = new Entry(listener);
      entries.add(entry);
      // Counted before looking: the writer publishes before it looks at the count, so either it
      // finds this entry or we find what it has published.
      count = entries.size();
      entry.told = current.get();
      if (entry.told != null) {
        listener.begin(entry.told);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes one out; it is told nothing more once this returns. */
  @SuppressWarnings("ReferenceEquality") // The very one, whatever it thinks that it equals.
  void remove(ChangeListener listener) {
    lock.lock();
    try {
      entries.removeIf(entry -> entry.listener == listener);
      count = entries.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A snapshot has been published. Writer only.
   *
   * @param before what was published until then, if the changes lead from there
   * @param changes what leads from {@code before} to {@code next}
   */
  void tell(@Nullable Snapshot before, List<StoredChange> changes, Snapshot next) {
    if (count == 0) {
      return;
    }
    lock.lock();
    try {
      for (Entry entry : entries) {
        tell(entry, before, changes, next);
      }
    } finally {
      lock.unlock();
    }
  }

  private static void tell(
      Entry entry, @Nullable Snapshot before, List<StoredChange> changes, Snapshot next) {
    Snapshot told = entry.told;
    if (told == next) {
      return; // It came between the publication and this.
    }
    entry.told = next;
    if (told == null) {
      entry.listener.begin(next);
      return;
    }
    List<StoredChange> since = told == before ? changes : Difference.between(told, next);
    if (!since.isEmpty()) {
      entry.listener.changed(since);
    }
  }
}
