package dev.freshet.store;

import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The last snapshots of a stream, found by version. Thread-safe; the writer adds.
 *
 * <p>A snapshot is the state at its own frontier and at every version up to the first change after
 * it. What only past snapshots hold is what changes have replaced or deleted since: that is counted
 * and bounded, and so are their age and number; the oldest go first.
 */
final class Past {

  /** Snapshots of one stream that are kept at most, whatever their bytes. */
  static final int MAX_SNAPSHOTS = 10_000;

  /** What a snapshot takes here that differs from the next in nothing but its frontier, about. */
  static final int BYTES_OF_SNAPSHOT = 150;

  /** What one more object takes beside its bytes, and what is copied to put it in, about. */
  static final int BYTES_OF_CHANGE = 600;

  /** What is copied of an index for each label that an object loses or gains, about. */
  static final int BYTES_OF_LABEL = 300;

  private final ReentrantLock lock = new ReentrantLock();

  /** Oldest first. */
  private final ArrayDeque<Held> held = new ArrayDeque<>();

  private final Duration age;
  private final long maxBytes;
  private final TimeSource time;
  private @Nullable Snapshot present;
  private long bytes;

  Past(Duration age, long maxBytes, TimeSource time) {
    this.age = age;
    this.maxBytes = maxBytes;
    this.time = time;
  }

  /**
   * A past snapshot.
   *
   * @param before the first version of which it is not the state any more
   * @param bytes what the next change has left in the past
   * @param leftNanos when it became the past
   */
  private record Held(Snapshot snapshot, ResourceVersion before, long bytes, long leftNanos) {

    boolean isStateAt(ResourceVersion version) {
      return !version.isBelow(snapshot.frontier()) && version.isBelow(before);
    }
  }

  /**
   * A snapshot is published.
   *
   * @param changes what leads to it from the one before; null if it does not follow from that
   */
  void add(Snapshot next, @Nullable List<StoredChange> changes) {
    lock.lock();
    try {
      Snapshot last = present;
      present = next;
      if (changes == null) {
        held.clear();
        bytes = 0;
        return;
      }
      if (last == null || maxBytes == 0 || !last.frontier().isComparable()) {
        return;
      }
      ResourceVersion before =
          changes.isEmpty() ? next.frontier() : changes.getFirst().at().version();
      long left = BYTES_OF_SNAPSHOT + leftBy(changes);
      held.addLast(new Held(last, before, left, time.monotonicNanos()));
      bytes += left;
      dropOldest();
    } finally {
      lock.unlock();
    }
  }

  private static long leftBy(List<StoredChange> changes) {
    long sum = 0;
    for (StoredChange change : changes) {
      sum +=
          BYTES_OF_CHANGE
              + switch (change) {
                case StoredChange.Added(StoredObject now, var at) -> bytesOfLabels(now);
                case StoredChange.Updated(StoredObject before, StoredObject now, var at) ->
                    before.body().heldBytes()
                        + (before.labels().equals(now.labels())
                            ? 0
                            : bytesOfLabels(before) + bytesOfLabels(now));
                case StoredChange.Deleted deleted ->
                    deleted.before().body().heldBytes() + bytesOfLabels(deleted.before());
              };
    }
    return sum;
  }

  private static long bytesOfLabels(StoredObject object) {
    return (long) BYTES_OF_LABEL * object.labels().size();
  }

  private void dropOldest() {
    long now = time.monotonicNanos();
    while (!held.isEmpty()
        && (bytes > maxBytes
            || held.size() > MAX_SNAPSHOTS
            || now - held.getFirst().leftNanos > age.toNanos())) {
      bytes -= held.removeFirst().bytes;
    }
  }

  /** Nothing is held any more. */
  void clear() {
    lock.lock();
    try {
      held.clear();
      bytes = 0;
      present = null;
    } finally {
      lock.unlock();
    }
  }

  /** The state at exactly this version; empty if it is not held, or not known to be that. */
  Optional<Snapshot> at(ResourceVersion version) {
    lock.lock();
    try {
      Snapshot now = present;
      if (now == null || !version.isComparable() || !now.frontier().isComparable()) {
        return Optional.empty();
      }
      if (version.equals(now.frontier())) {
        return Optional.of(now);
      }
      for (Iterator<Held> newest = held.descendingIterator(); newest.hasNext(); ) {
        Held one = newest.next();
        if (one.isStateAt(version)) {
          return Optional.of(one.snapshot);
        }
        if (one.snapshot.frontier().isBelow(version)) {
          return Optional.empty();
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Bytes that only past snapshots hold, about. */
  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }
}
