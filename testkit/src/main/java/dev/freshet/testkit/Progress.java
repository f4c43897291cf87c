package dev.freshet.testkit;

import java.io.PrintStream;
import java.time.Duration;

/**
 * Where long work says how far it is. Implementations must be thread-safe and quick: they are
 * called from the working threads, at most a few times a second.
 */
@FunctionalInterface
public interface Progress {
  /** Takes notice of one step. */
  void report(Step step);

  /** A progress that tells nobody. */
  static Progress silent() {
    return step -> {};
  }

  /** A progress that prints one line for each step. */
  static Progress printing(PrintStream out) {
    return step -> out.println(step.describe());
  }

  /**
   * How far one piece of work is.
   *
   * @param what the work, as a user would name it
   * @param done how many parts are done
   * @param total how many parts there are in all; 0 when that is unknown
   * @param estimated whether {@code total} is only an estimate, which {@code done} may pass
   * @param elapsed the time since the work began
   */
  record Step(String what, long done, long total, boolean estimated, Duration elapsed) {
    /** A step of a work whose extent is unknown. */
    public static Step of(String what, Duration elapsed) {
      return new Step(what, 0, 0, false, elapsed);
    }

    /** One line for people, such as {@code kube-apiserver: 1200 of about 2300, 95 s}. */
    public String describe() {
      String extent =
          total == 0
              ? ""
              : ": " + done + (estimated ? " of about " : " of ") + Math.max(done, total);
      return what + extent + ", " + elapsed.toSeconds() + " s";
    }
  }
}
