package dev.freshet.lincheck;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/**
 * Runs a class's operations in generated scenarios under lincheck's model checker, which decides at
 * each shared access who goes on, and fails if results fit no order of whole operations.
 */
@SuppressWarnings("deprecation") // What replaces it is for Kotlin alone.
public final class Lincheck {

  /**
   * Rounds of one loop before an execution counts as hung. The loop in which a lock is acquired
   * goes round while the checker lets its holder wait: the 50 of lincheck's own take that for a
   * hang.
   */
  private static final int LOOP_BOUND = 10_000;

  private Lincheck() {}

  /** A few seconds: a first line of defence. */
  public static void quick(Class<?> operations) {
    options(3, 50).check(operations);
  }

  /** Many minutes: tests tagged {@code thorough}, which neither build runs by itself. */
  public static void thorough(Class<?> operations) {
    options(50, 2_000).check(operations);
  }

  private static ModelCheckingOptions options(int scenarios, int schedules) {
    return new ModelCheckingOptions()
        .iterations(scenarios)
        .invocationsPerIteration(schedules)
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(1)
        .loopBound(LOOP_BOUND)
        .minimizeFailedScenario(true);
  }
}
