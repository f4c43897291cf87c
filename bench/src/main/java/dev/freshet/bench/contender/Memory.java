package dev.freshet.bench.contender;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * What this JVM holds, in bytes.
 *
 * @param heap after collections
 * @param buffers direct and mapped
 * @param nativeOfLibraries see {@link NativeMemory}
 */
record Memory(long heap, long buffers, long nativeOfLibraries) {
  /**
   * The first finds what is dead, the others what finalizers and cleaners had kept. Of four, the
   * serial collector makes one that leaves nothing dead in its place; the others may leave a
   * twentieth of the heap.
   */
  private static final int COLLECTIONS = 4;

  /** What a cleaner needs to free what was found. */
  private static final long CLEANERS_MILLIS = 100;

  /** A cache that packs in the background holds clearly less after this time. */
  private static final long SETTLING_MILLIS = 1_000;

  private static final int MOST_LOOKS = 30;
  private static final double SETTLED = 0.99;

  /** When it falls no more, as it does while a cache is packed in the background. */
  static Memory settled() {
    Memory last = afterCollection();
    for (int i = 0; i < MOST_LOOKS; i++) {
      pause(SETTLING_MILLIS);
      Memory now = afterCollection();
      if (now.bytes() > SETTLED * last.bytes()) {
        return now;
      }
      last = now;
    }
    return last;
  }

  static Memory afterCollection() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      pause(CLEANERS_MILLIS);
    }
    return new Memory(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum(),
        NativeMemory.ofLibraries());
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Memory less(Memory that) {
    return new Memory(
        heap - that.heap, buffers - that.buffers, nativeOfLibraries - that.nativeOfLibraries);
  }

  long bytes() {
    return heap + buffers + nativeOfLibraries;
  }
}
