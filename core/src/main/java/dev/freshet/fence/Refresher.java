package dev.freshet.fence;

import dev.freshet.error.FreshetException;
import dev.freshet.time.Deadline;
import dev.freshet.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one stream no older than its readers want, by a fence now and then: one for all of them,
 * however many they are. Runs while somebody has asked within {@link #IDLE}.
 *
 * <p>A fence sent now shows the stream's age once the stream has passed it, and no later fence has
 * to do so before that age is as much as is wanted. So it sends one each {@code wanted - lag},
 * where the lag is how long a fence takes to be passed. Thread-safe.
 */
final class Refresher {

  /** How long a reader's wish counts. */
  static final Duration IDLE = Duration.ofSeconds(60);

  /** The shortest time between two fences, whatever is wanted. */
  static final Duration SHORTEST = Duration.ofMillis(200);

  /** What a bookmark needs at most. */
  static final Duration BOOKMARK = Duration.ofMillis(2_100);

  /** How long a fence may take before the next is sent. */
  static final Duration FENCE_WITHIN = Duration.ofSeconds(5);

  /** The longest wait after fences that fail. */
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Refresher.class);

  /** Sends a fence and waits until it is passed. */
  interface Refresh {
    void pass(String payer, Deadline deadline) throws FreshetException;
  }

  private final String stream;
  private final Refresh refresh;
  private final TimeSource time;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock();
  private long wantedNanos = Long.MAX_VALUE;
  private long wantedAt;
  private String payer = "";
  private boolean running;

  /**
   * How long a fence takes: rises at once, sinks slowly. At first what a bookmark may need, for one
   * that is passed at once says nothing of the next, and readers ask the server while it is late.
   */
  private volatile long lagNanos = BOOKMARK.toNanos();

  private volatile long intervalNanos;

  Refresher(String stream, Refresh refresh, TimeSource time) {
    this.stream = stream;
    this.refresh = refresh;
    this.time = time;
  }

  /** A reader wants the stream no older than this. Returns at once. */
  void want(Duration behind, String caller) {
    lock.lock();
    try {
      long now = time.monotonicNanos();
      // The smallest wish counts until it is older than IDLE; the next one then takes its place.
      if (behind.toNanos() <= wantedNanos || now - wantedAt > IDLE.toNanos()) {
        wantedNanos = behind.toNanos();
        wantedAt = now;
        payer = caller;
      }
      if (!running && closed.getCount() > 0) {
        running = true;
        Thread.ofPlatform().daemon().name("freshet-refresher").start(this::run);
      }
    } finally {
      lock.unlock();
    }
  }

  /** What age the stream is kept below at present; empty while nobody wants it fresh. */
  Optional<Duration> keeps() {
    lock.lock();
    try {
      return running && intervalNanos > 0
          ? Optional.of(Duration.ofNanos(intervalNanos + lagNanos))
          : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    Duration pause = Duration.ZERO;
    while (await(pause) && isWanted()) {
      Deadline took = Deadline.in(FENCE_WITHIN, time);
      try {
        refresh.pass(payer(), took);
        lagNanos = Math.max(lagNanos - lagNanos / 8, took.elapsed().toNanos());
        long interval = interval(lagNanos);
        intervalNanos = interval;
        pause = Duration.ofNanos(Math.max(0, interval - took.elapsed().toNanos()));
      } catch (FreshetException e) {
        LOG.debug("The stream of {} could not be refreshed: {}", stream, e.problem());
        intervalNanos = 0;
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(SHORTEST) < 0 ? SHORTEST : doubled;
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
      }
    }
  }

  private long interval(long lag) {
    lock.lock();
    try {
      // An eighth to spare: the clock of a reader runs on while it looks.
      long most = wantedNanos - wantedNanos / 8 - lag;
      return Math.max(SHORTEST.toNanos(), most);
    } finally {
      lock.unlock();
    }
  }

  private String payer() {
    lock.lock();
    try {
      return payer;
    } finally {
      lock.unlock();
    }
  }

  /** Whether to go on; if not, the next wish starts anew. */
  private boolean isWanted() {
    lock.lock();
    try {
      boolean wanted = closed.getCount() > 0 && time.monotonicNanos() - wantedAt <= IDLE.toNanos();
      if (!wanted) {
        running = false;
        wantedNanos = Long.MAX_VALUE;
      }
      return wanted;
    } finally {
      lock.unlock();
    }
  }

  /** Lets time pass; false once closed. */
  private boolean await(Duration pause) {
    try {
      return pause.isZero() || !time.await(closed, pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Sends no more fences. Idempotent. */
  void close() {
    closed.countDown();
  }
}
