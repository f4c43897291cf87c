package dev.freshet.bench.contender;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/** What this JVM holds: heap, direct and mapped buffers. */
final class Memory {
  /** The first finds what is dead, the second what only finalizers and cleaners had kept. */
  private static final int COLLECTIONS = 2;

  private Memory() {}

  static long bytesAfterCollection() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return heap
        + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
  }
}
