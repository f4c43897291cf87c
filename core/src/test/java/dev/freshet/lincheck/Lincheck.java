package dev.freshet.lincheck;

import org.jetbrains.kotlinx.lincheck.LinChecker;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/**
 * Runs a class's operations in generated scenarios under lincheck's model checker, which decides at
 * each shared access who goes on, and fails if results fit no order of whole operations.
 */
@SuppressWarnings("deprecation") // What replaces it is for Kotlin alone.
public final class Lincheck {

  private Lincheck() {}

  /** A few seconds: a first line of defence. */
  public static void quick(Class<?> operations) {
    LinChecker.check(operations, options(15, 300));
  }

  /** A minute or so. */
  public static void thorough(Class<?> operations) {
    LinChecker.check(operations, options(100, 5_000));
  }

  private static ModelCheckingOptions options(int scenarios, int schedules) {
    return new ModelCheckingOptions()
        .iterations(scenarios)
        .invocationsPerIteration(schedules)
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(1)
        .minimizeFailedScenario(true);
  }
}
