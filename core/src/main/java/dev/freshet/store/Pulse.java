package dev.freshet.store;

import dev.freshet.time.TimeSource;

/**
 * How fast a stream changes, from the moments of its last changes: without looking at it now and
 * then, and right at once when a busy stream falls silent. Thread-safe.
 */
final class Pulse {

  /** Publications that are looked back at. */
  private static final int KEPT = 64;

  /** How far back counts, in nanoseconds. */
  private static final long WINDOW_NANOS = 10_000_000_000L;

  private final TimeSource time;
  private final long startNanos;
  private final long[] nanos = new long[KEPT];
  private final int[] changes = new int[KEPT];
  private int published;

  Pulse(TimeSource time) {
    this.time = time;
    this.startNanos = time.monotonicNanos();
  }

  synchronized void beat(int count) {
    int slot = published % KEPT;
    nanos[slot] = time.monotonicNanos();
    changes[slot] = count;
    published++;
  }

  /** Changes in a second, over the last ten or since the first of those that are remembered. */
  synchronized double perSecond() {
    long now = time.monotonicNanos();
    long since = Math.max(startNanos, now - WINDOW_NANOS);
    int remembered = Math.min(published, KEPT);
    if (published > KEPT) {
      // Older publications are forgotten, so nothing is known of the time before the oldest.
      since = Math.max(since, nanos[published % KEPT]);
    }
    long sum = 0;
    for (int i = 0; i < remembered; i++) {
      sum += nanos[i] >= since ? changes[i] : 0;
    }
    double seconds = (now - since) / 1e9;
    return seconds <= 0 ? 0 : sum / seconds;
  }
}
