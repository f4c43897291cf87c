package dev.freshet.fence;

import dev.freshet.error.ClosedException;
import dev.freshet.error.DeadlineException;
import dev.freshet.error.FreshetException;
import dev.freshet.error.LimitExceededException;
import dev.freshet.time.Deadline;
import dev.freshet.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One question to the server, asked for many readers at once under the batching rule: a reader may
 * join only a question that has <em>not been sent yet</em> when it arrives. One question is under
 * way at a time; the next gathers everybody who arrives meanwhile. So every answer is as current as
 * the reader's own question would have been, and n readers cost at most two questions in flight
 * time.
 *
 * <p>Many readers who got one answer often read again at once. The first of them alone would open
 * and send the next question, and all others wait for the one after it; so the next one is held
 * back until all are back, by a quarter of what the last one took and 5 ms at most. It is not where
 * as many have gathered meanwhile, for they wait already.
 *
 * <p>A question that is already under way must never be joined: the server may have looked before
 * the reader's own last write. (etcd batches its read-index requests in the same way.)
 *
 * <p>Thread-safe. The question runs on a thread of its own, so an interrupt ends a reader's wait
 * and not the question of the others.
 */
public final class Gathering<T> {

  /** Readers that may share one question; one more is refused. */
  static final int MAX_READERS = 100_000;

  /** The part of the last question's time for which the next one waits for its readers. */
  private static final int HELD_BACK_PART = 4;

  private static final Duration LONGEST_HELD_BACK = Duration.ofMillis(5);

  private final String name;
  private final Question<T> question;
  private final Pace pace;
  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Batch<T> gathering;
  private @Nullable Crowd expected;
  private boolean running;

  /** Asks the server once. */
  public interface Question<T> {
    /**
     * Asks.
     *
     * @param payer who opened the batch, for the account
     * @param longest the last of the readers' deadlines
     */
    T ask(String payer, Deadline longest) throws FreshetException;
  }

  /**
   * An answer and who shared it.
   *
   * @param readers how many readers the question was for
   * @param opened whether this reader's arrival opened it, so that it pays
   */
  public record Shared<T>(T answer, int readers, boolean opened) {}

  /**
   * @param name what is asked, in words
   * @param pace how often it may be asked
   */
  public Gathering(String name, Question<T> question, Pace pace, TimeSource time) {
    this.name = name;
    this.question = question;
    this.pace = pace;
    this.time = time;
  }

  private static final class Batch<T> {
    final String payer;
    final CountDownLatch done = new CountDownLatch(1);
    Deadline longest;
    int readers;
    @Nullable T answer;
    @Nullable RuntimeException failure;

    Batch(String payer, Deadline longest) {
      this.payer = payer;
      this.longest = longest;
    }
  }

  /** How many readers may gather, and what opens when so many have. */
  private record Crowd(int readers, CountDownLatch back) {

    void gathered(int now) {
      if (now >= readers) {
        back.countDown();
      }
    }
  }

  /**
   * Joins the next question and waits for its answer.
   *
   * @throws DeadlineException if it did not come in time, or the thread was interrupted
   * @throws FreshetException as the question failed
   */
  public Shared<T> join(String caller, Deadline deadline) {
    Batch<T> mine;
    boolean opened = false;
    lock.lock();
    try {
      requireOpen();
      Batch<T> next = gathering;
      if (next == null) {
        next = new Batch<>(caller, deadline);
        gathering = next;
        opened = true;
      }
      if (next.readers == MAX_READERS) {
        throw new LimitExceededException(
            MAX_READERS + " reads wait for " + name + " already", "Let fewer threads read.");
      }
      next.readers++;
      if (expected != null) {
        expected.gathered(next.readers);
      }
      if (deadline.remaining().compareTo(next.longest.remaining()) > 0) {
        next.longest = deadline;
      }
      mine = next;
      if (!running) {
        running = true;
        Thread.ofPlatform().daemon().name("freshet-fence").start(this::run);
      }
    } finally {
      lock.unlock();
    }
    await(mine, deadline);
    return result(mine, opened);
  }

  private void await(Batch<T> batch, Deadline deadline) {
    try {
      if (!time.await(batch.done, deadline.remaining())) {
        throw new DeadlineException(
            name, deadline.elapsed(), "Allow more time, or look at the load on the API server.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeadlineException(
          name + ", until the waiting thread was interrupted",
          deadline.elapsed(),
          "Nothing to do if the interrupt was meant.");
    }
  }

  private static <T> Shared<T> result(Batch<T> batch, boolean opened) {
    RuntimeException failure = batch.failure;
    if (failure != null) {
      throw failure;
    }
    T answer = batch.answer;
    if (answer == null) {
      throw new IllegalStateException("a question without answer or failure");
    }
    return new Shared<>(answer, batch.readers, opened);
  }

  private void run() {
    while (true) {
      awaitPace();
      Batch<T> batch;
      lock.lock();
      try {
        batch = gathering;
        // From here on it counts as sent: whoever comes now opens the next.
        gathering = null;
        expected = null;
        if (batch == null) {
          running = false;
          return;
        }
      } finally {
        lock.unlock();
      }
      long asked = time.monotonicNanos();
      answer(batch);
      awaitCrowd(batch, Duration.ofNanos(time.monotonicNanos() - asked));
    }
  }

  private void awaitCrowd(Batch<T> answered, Duration took) {
    Duration longest = took.dividedBy(HELD_BACK_PART);
    Crowd crowd;
    lock.lock();
    try {
      boolean isCrowd = answered.readers > 1 && answered.failure == null;
      if (!isCrowd || gathered() >= answered.readers) {
        return;
      }
      crowd = new Crowd(gathered() + answered.readers, new CountDownLatch(1));
      expected = crowd;
    } finally {
      lock.unlock();
    }
    await(crowd.back, longest.compareTo(LONGEST_HELD_BACK) < 0 ? longest : LONGEST_HELD_BACK);
  }

  private void awaitPace() {
    Duration wait = pace.untilNext();
    if (!wait.isZero()) {
      await(closed, wait);
    }
  }

  private void await(CountDownLatch latch, Duration longest) {
    try {
      time.await(latch, longest);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; if someone did, the question goes out a little early.
      Thread.currentThread().interrupt();
    }
  }

  private void answer(Batch<T> batch) {
    try {
      requireOpen();
      pace.took();
      batch.answer = question.ask(batch.payer, batch.longest);
    } catch (RuntimeException e) {
      batch.failure = e;
    } finally {
      batch.done.countDown();
    }
  }

  /** How many readers wait for a question that has not been sent. */
  public int gathered() {
    lock.lock();
    try {
      Batch<T> next = gathering;
      return next == null ? 0 : next.readers;
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (closed.getCount() == 0) {
      throw new ClosedException("the cache is closed", "Open a new one.");
    }
  }

  /** No question is sent any more; who waits for one that is not sent yet fails. Idempotent. */
  public void close() {
    closed.countDown();
  }
}
