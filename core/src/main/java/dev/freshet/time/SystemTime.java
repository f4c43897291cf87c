package dev.freshet.time;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/** The clocks of the machine. */
enum SystemTime implements TimeSource {
  INSTANCE;

  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }

  @Override
  public long wallMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    Thread.sleep(duration);
  }

  @Override
  public boolean await(CountDownLatch latch, Duration longest) throws InterruptedException {
    var wait = new Wait(latch, System.nanoTime(), longest.toNanos());
    // The JDK's HTTP client completes answers on the common pool, which has one thread on a small
    // machine. Whoever waits on a thread of it for an answer must let another take its place.
    ForkJoinPool.managedBlock(wait);
    return latch.getCount() == 0;
  }

  private record Wait(CountDownLatch latch, long startNanos, long longestNanos)
      implements ForkJoinPool.ManagedBlocker {

    @Override
    public boolean block() throws InterruptedException {
      return latch.await(longestNanos - (System.nanoTime() - startNanos), TimeUnit.NANOSECONDS)
          || isReleasable();
    }

    @Override
    public boolean isReleasable() {
      return latch.getCount() == 0 || System.nanoTime() - startNanos >= longestNanos;
    }
  }
}
