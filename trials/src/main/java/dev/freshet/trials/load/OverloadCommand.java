package dev.freshet.trials.load;

import dev.freshet.testkit.Progress;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.workload.Workload;
import dev.freshet.testkit.workload.WorkloadSpec;
import java.time.Duration;
import java.util.Locale;

/**
 * {@code ./build overload}: readers at an API server that has little room for them, while another
 * program takes all of it for ten seconds. Exits with 1 if more than a tenth was sent on top, a
 * read failed in a way that says nothing, or half of the goodput was not back after five seconds.
 */
public final class OverloadCommand {
  private static final int PODS = 500;
  private static final Duration BEFORE = Duration.ofSeconds(10);
  private static final Duration DURING = Duration.ofSeconds(10);
  private static final Duration AFTER = Duration.ofSeconds(15);
  private static final double AMPLIFICATION = 1.1;
  private static final Duration RECOVERY = Duration.ofSeconds(5);

  private OverloadCommand() {}

  public static void main(String[] args) throws Exception {
    try (var plane = ControlPlane.start(OverloadTrial.small())) {
      var population =
          new Workload(WorkloadSpec.of(PODS))
              .create(plane.config(User.ADMIN), Progress.printing(System.err));
      var outcome = new OverloadTrial(plane, population.keys()).run(BEFORE, DURING, AFTER);
      System.out.printf(
          Locale.ROOT,
          "reads %,d, answered %,d, failed %s, untyped %d, late %d%n"
              + "requests %,d (%.3f for a read), refused %,d, sent again %,d%n"
              + "answers in half a second before the overload %.0f; half of it back after %.1f s%n"
              + "answers in each half second: %s%n",
          outcome.reads(),
          outcome.answered(),
          outcome.failed(),
          outcome.untyped(),
          outcome.late(),
          outcome.use().requests(),
          outcome.amplification(),
          outcome.use().refused(),
          outcome.use().retries(),
          outcome.before(),
          outcome.recovery().toMillis() / 1e3,
          outcome.goodput());
      boolean good =
          outcome.amplification() <= AMPLIFICATION
              && outcome.untyped() == 0
              && outcome.late() == 0
              && outcome.recovery().compareTo(RECOVERY) <= 0;
      System.exit(good ? 0 : 1);
    }
  }
}
