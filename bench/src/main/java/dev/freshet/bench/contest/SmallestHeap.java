package dev.freshet.bench.contest;

import java.util.function.IntPredicate;

/** The search for the smallest heap that will do, among a few sizes. */
final class SmallestHeap {
  private static final int[] MEGABYTES = {
    24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1_024, 1_536, 2_048, 3_072, Jvm.LARGE_HEAP
  };

  /**
   * How much longer than in a large heap a first sync may take, and what is forgiven in any case.
   */
  private static final double LONGER = 2;

  private static final double FORGIVEN_MILLIS = 500;

  private SmallestHeap() {}

  /** The longest that a first sync may take if it takes so long in the large heap. */
  static double longest(double millisInLargeHeap) {
    return LONGER * millisInLargeHeap + FORGIVEN_MILLIS;
  }

  /**
   * By bisection, so at most four tries, and one more of what was found: a size that has passed by
   * luck gives way to the next. The largest is taken to pass.
   *
   * @param passes whether a heap of so many megabytes will do; if one does, larger ones do
   */
  static int search(IntPredicate passes) {
    int low = 0;
    int high = MEGABYTES.length - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (passes.test(MEGABYTES[middle])) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    while (high < MEGABYTES.length - 1 && !passes.test(MEGABYTES[high])) {
      high++;
    }
    return MEGABYTES[high];
  }
}
