package dev.freshet.cli.advise;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The answer of another process, which may never come: what the JDK has for asking one waits for
 * ever. Asked on a thread of its own, since one that is interrupted could not ask any more.
 */
final class Answer {

  private Answer() {}

  /**
   * Waits for it, however often this thread is interrupted.
   *
   * @throws IOException if asking failed, or took longer
   */
  static <T> T within(Duration longest, Callable<T> ask) throws IOException {
    var asking = new FutureTask<>(ask);
    var unused = Thread.ofVirtual().name("freshet-advise").start(asking);
    long deadline = System.nanoTime() + longest.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return asking.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (TimeoutException e) {
      throw new IOException("it has not answered for " + longest.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw failure(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IOException failure(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException unexpected) {
      throw unexpected;
    }
    return e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
  }
}
