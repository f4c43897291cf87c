package dev.freshet.bench.contender;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this JVM holds, in bytes.
 *
 * @param heap after collections
 * @param buffers direct and mapped
 * @param nativeOfLibraries see {@link NativeMemory}
 */
record Memory(long heap, long buffers, long nativeOfLibraries) {
  /**
   * The first finds what is dead, the others what finalizers and cleaners had kept. One of any four
   * of the serial collector leaves nothing dead in its place; the others may leave a twentieth of
   * the heap. So the least of them counts.
   */
  private static final int COLLECTIONS = 4;

  /** What a cleaner needs to free what was found. */
  private static final long CLEANERS_MILLIS = 100;

  private static final long SETTLING_MILLIS = 1_000;

  /**
   * What works in the background changes what is held within so many looks: a cache that is packed
   * anew, a flight recorder that is told of its events when a client is five seconds old.
   */
  private static final int STEADY_LOOKS = 4;

  private static final int MOST_LOOKS = 30;
  private static final double STEADY = 0.01;

  /** When it changes no more. */
  static Memory settled() {
    Memory last = afterCollection();
    int steady = 0;
    for (int i = 0; i < MOST_LOOKS && steady < STEADY_LOOKS; i++) {
      Rest.pause(SETTLING_MILLIS);
      Memory now = afterCollection();
      double change = (double) now.less(last).bytes() / last.bytes();
      steady = Math.abs(change) < STEADY ? steady + 1 : 0;
      last = now;
    }
    return last;
  }

  private static Memory afterCollection() {
    long heap = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      heap = Math.min(heap, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
      Rest.pause(CLEANERS_MILLIS);
    }
    return new Memory(
        heap,
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum(),
        NativeMemory.ofLibraries());
  }

  Memory less(Memory that) {
    return new Memory(
        heap - that.heap, buffers - that.buffers, nativeOfLibraries - that.nativeOfLibraries);
  }

  long bytes() {
    return heap + buffers + nativeOfLibraries;
  }
}
