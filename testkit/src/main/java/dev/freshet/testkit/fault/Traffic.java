package dev.freshet.testkit.fault;

import java.io.InterruptedIOException;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The rules by which a {@link FaultProxy} forwards bytes now. Thread-safe. */
final class Traffic {
  private static final int NO_LIMIT = 0;
  private static final int PIECES_A_SECOND = 20;
  private static final long NANOS_A_SECOND = 1_000_000_000L;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Direction> held = EnumSet.noneOf(Direction.class);
  private int bytesPerSecond = NO_LIMIT;
  private @Nullable Lots lots;

  /** How long connections live while they are being cut. */
  private record Lots(RandomGenerator random, int maxBytes) {
    long draw() {
      return random.nextLong(1, maxBytes + 1L);
    }
  }

  void hold(Set<Direction> directions) {
    change(() -> held.addAll(directions));
  }

  void slow(int toBytesPerSecond) {
    change(() -> bytesPerSecond = toBytesPerSecond);
  }

  void cutAfter(RandomGenerator random, int maxBytes) {
    change(() -> lots = new Lots(random, maxBytes));
  }

  void resume() {
    change(
        () -> {
          held.clear();
          bytesPerSecond = NO_LIMIT;
          lots = null;
        });
  }

  /** Wakes whoever waits here, to look at its connection again. */
  void wake() {
    change(() -> {});
  }

  private void change(Runnable what) {
    lock.lock();
    try {
      what.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** After how many bytes a connection is to be cut; empty while none are. */
  OptionalLong drawLife() {
    lock.lock();
    try {
      return lots == null ? OptionalLong.empty() : OptionalLong.of(lots.draw());
    } finally {
      lock.unlock();
    }
  }

  /** Waits while this direction is held; returns at once when the connection is over. */
  void awaitFlow(Direction direction, Link link) throws InterruptedIOException {
    lock.lock();
    try {
      while ((held.contains(direction) || link.isHeld()) && !link.isOver()) {
        changed.await();
      }
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      lock.unlock();
    }
  }

  /** How many of so many bytes may be written at once. */
  int piece(int bytes) {
    lock.lock();
    try {
      return bytesPerSecond == NO_LIMIT
          ? bytes
          : Math.clamp(bytesPerSecond / PIECES_A_SECOND, 1, bytes);
    } finally {
      lock.unlock();
    }
  }

  /** Waits as long as so many bytes take at the present speed, or until the rules change. */
  void awaitPace(int written, Link link) throws InterruptedIOException {
    lock.lock();
    try {
      int speed = bytesPerSecond;
      long left = speed == NO_LIMIT ? 0 : written * NANOS_A_SECOND / speed;
      while (left > 0 && speed == bytesPerSecond && !link.isOver()) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      lock.unlock();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("the proxy is closed");
  }
}
