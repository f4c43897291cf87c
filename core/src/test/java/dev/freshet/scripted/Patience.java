package dev.freshet.scripted;

import java.util.function.BooleanSupplier;

/** Waits of tests for what another thread is about to do. */
public final class Patience {
  private Patience() {}

  /**
   * Waits until this is so. It looks all the time, so the condition may also let time pass.
   *
   * @throws AssertionError if it is not so after {@link ScriptedServer#PATIENCE}
   */
  public static void await(BooleanSupplier condition) {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begun > ScriptedServer.PATIENCE.toNanos()) {
        throw new AssertionError("what was waited for did not come about");
      }
      Thread.onSpinWait();
    }
  }
}
