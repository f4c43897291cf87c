package dev.freshet.testkit.judge;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Virtual time: actions at moments, one after the other, those of one moment as they were added.
 */
final class Schedule {
  private record Entry(long nanos, long number, Runnable action) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::nanos).thenComparingLong(Entry::number));
  private long nanos = 1_000_000_000;
  private long added;

  long nanos() {
    return nanos;
  }

  void at(long when, Runnable action) {
    entries.add(new Entry(Math.max(when, nanos), added++, action));
  }

  void after(long delayNanos, Runnable action) {
    at(nanos + delayNanos, action);
  }

  /** Runs until nothing is left to do. */
  void run() {
    while (!entries.isEmpty()) {
      Entry next = entries.remove();
      nanos = next.nanos();
      next.action().run();
    }
  }
}
