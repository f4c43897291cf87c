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

  static Memory afterCollection() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      pause();
    }
    return new Memory(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum(),
        NativeMemory.ofLibraries());
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(CLEANERS_MILLIS);
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
