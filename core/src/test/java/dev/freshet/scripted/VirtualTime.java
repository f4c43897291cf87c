package dev.freshet.scripted;

import dev.freshet.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Clocks that move only when told to, or when somebody sleeps: a sleep returns at once. A wait for
 * something else lasts until that comes or a test moves the clock past it, and fails after {@link
 * ScriptedServer#PATIENCE}, which only a failing test reaches.
 */
public final class VirtualTime implements TimeSource {

  /** How often a waiter looks at the clock that a test moves. */
  private static final long LOOK_MILLIS = 1;

  private final List<Duration> sleeps = new CopyOnWriteArrayList<>();
  private final List<Duration> awaited = new CopyOnWriteArrayList<>();
  private long monotonicNanos = 1_000_000_000L;
  private long wallMillis = 1_700_000_000_000L;

  @Override
  public synchronized long monotonicNanos() {
    return monotonicNanos;
  }

  @Override
  public synchronized long wallMillis() {
    return wallMillis;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    sleeps.add(duration);
    advance(duration);
  }

  @Override
  public boolean await(CountDownLatch latch, Duration longest) throws InterruptedException {
    long start = monotonicNanos();
    long begun = System.nanoTime();
    awaited.add(longest);
    try {
      while (!latch.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (monotonicNanos() - start >= longest.toNanos()) {
          return false;
        }
        if (System.nanoTime() - begun > ScriptedServer.PATIENCE.toNanos()) {
          throw new AssertionError("what was waited for did not come, nor did the clock move");
        }
      }
      return true;
    } finally {
      awaited.remove(longest);
    }
  }

  /** How long those wait at most who wait now: each counts from where the clock stood. */
  public List<Duration> awaited() {
    return awaited;
  }

  /** Both clocks move. */
  public synchronized void advance(Duration duration) {
    monotonicNanos += duration.toNanos();
    wallMillis += duration.toMillis();
  }

  /** The machine is suspended: only the wall clock moves. */
  public synchronized void suspend(Duration duration) {
    wallMillis += duration.toMillis();
  }

  /** Every sleep so far. */
  public List<Duration> sleeps() {
    return sleeps;
  }
}
