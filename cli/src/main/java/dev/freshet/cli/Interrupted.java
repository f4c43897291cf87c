package dev.freshet.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether the user has asked a command to end, by Ctrl-C or {@code kill}: for a command whose end
 * that is, and no failure. While this is open the process then exits with 0.
 */
final class Interrupted implements AutoCloseable {

  /** How long a command may take to end before the process ends without it. */
  private static final long ENDS_WITHIN_SECONDS = 5;

  private final CountDownLatch came = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;

  private Interrupted() {
    this.hook =
        new Thread(
            () -> {
              came.countDown();
              try {
                boolean inTime = ended.await(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS);
                Runtime.getRuntime().halt(inTime ? ExitCode.OK : ExitCode.FAILED);
              } catch (InterruptedException e) {
                Runtime.getRuntime().halt(ExitCode.FAILED);
              }
            },
            "freshet-interrupted");
  }

  static Interrupted listen() {
    Interrupted listening = new Interrupted();
    Runtime.getRuntime().addShutdownHook(listening.hook);
    return listening;
  }

  /** Whether the user has asked, or this thread was interrupted. */
  boolean came() {
    return came.getCount() == 0 || Thread.currentThread().isInterrupted();
  }

  /** The command has ended and printed all. */
  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook says how.
    }
  }
}
