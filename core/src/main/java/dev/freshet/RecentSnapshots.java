package dev.freshet;

import java.time.Duration;

/**
 * How much of its past a stream keeps readable by version. A past snapshot shares with the present
 * all objects that have not changed since, so only what was replaced or deleted costs memory.
 *
 * @param age how long a snapshot is kept after the next one came
 * @param maxBytes of objects that are only in past snapshots; the oldest go first
 */
public record RecentSnapshots(Duration age, long maxBytes) {

  /** What a cache keeps unless said otherwise: at 100 changes of 8 KB a second, some 20 s. */
  public static final RecentSnapshots DEFAULT =
      new RecentSnapshots(Duration.ofSeconds(30), 16L << 20);

  /** Only the present. */
  public static final RecentSnapshots NONE = new RecentSnapshots(Duration.ZERO, 0);

  public RecentSnapshots {
    if (age.isNegative() || maxBytes < 0) {
      throw new IllegalArgumentException(
          "recent snapshots need an age and bytes of zero or more, not " + age + ", " + maxBytes);
    }
  }
}
