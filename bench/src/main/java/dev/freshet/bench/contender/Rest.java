package dev.freshet.bench.contender;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits until this JVM has done what it does in the background after a first sync. */
final class Rest {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final int MOST_LOOKS = 60;

  /** The part of one processor that still counts as rest: watches and clocks go on. */
  private static final double IDLE = 0.05;

  private Rest() {}

  /** At most half a minute. */
  static void untilIdle() {
    var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = process.getProcessCpuTime();
    for (int i = 0; i < MOST_LOOKS; i++) {
      try {
        TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      long now = process.getProcessCpuTime();
      if (now - before < IDLE * LOOK.toNanos()) {
        return;
      }
      before = now;
    }
  }
}
