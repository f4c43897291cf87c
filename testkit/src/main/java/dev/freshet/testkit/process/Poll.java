package dev.freshet.testkit.process;

import dev.freshet.testkit.TestkitException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A bounded, interruptible wait for something that nobody announces. */
public final class Poll {
  private static final long INTERVAL_MILLIS = 20;

  private Poll() {}

  /**
   * Asks {@code condition} every 20 ms until it holds or {@code atMost} has passed.
   *
   * @param what what is waited for, for the message when the wait is interrupted
   * @return whether the condition held in time
   * @throws TestkitException when the thread is interrupted; its interrupt flag stays set
   */
  public static boolean until(String what, Duration atMost, BooleanSupplier condition) {
    long deadlineNanos = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadlineNanos >= 0) {
        return false;
      }
      pause(what);
    }
    return true;
  }

  private static void pause(String what) {
    try {
      Thread.sleep(INTERVAL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestkitException("Interrupted while waiting for " + what + ".", e);
    }
  }
}
