package dev.freshet.bench.contender;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** Waits while this JVM does what it does in the background. */
final class Rest {
  private static final long LOOK_MILLIS = 500;
  private static final int MOST_LOOKS = 60;

  /** The part of one processor that still counts as rest: watches and clocks go on. */
  private static final double IDLE = 0.05;

  private Rest() {}

  /** After a first sync, say; at most half a minute. */
  static void untilIdle() {
    var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double idleNanos = IDLE * TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
    long before = process.getProcessCpuTime();
    for (int i = 0; i < MOST_LOOKS; i++) {
      pause(LOOK_MILLIS);
      long now = process.getProcessCpuTime();
      if (now - before < idleNanos) {
        return;
      }
      before = now;
    }
  }

  /** An interrupt ends it, and those that follow. */
  static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
