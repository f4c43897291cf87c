package dev.freshet.trials.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.Progress;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.workload.Workload;
import dev.freshet.testkit.workload.WorkloadSpec;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A server that refuses is asked hardly more than a tenth on top, and every read ends well said.
 */
@Tag("verify")
class OverloadTrialTest {
  private static final int PODS = 200;
  private static final double AMPLIFICATION = 1.1;

  @Test
  void refusalsAreObeyedAndEveryReadIsAnsweredOrFailsInATypedWay() throws Exception {
    try (var plane = ControlPlane.start(OverloadTrial.small())) {
      var population =
          new Workload(WorkloadSpec.of(PODS)).create(plane.config(User.ADMIN), Progress.silent());
      var trial = new OverloadTrial(plane, population.keys());
      var outcome = trial.run(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(6));

      assertThat(outcome.answered()).isPositive();
      assertThat(outcome.use().refused()).isPositive();
      assertThat(outcome.amplification()).isLessThanOrEqualTo(AMPLIFICATION);
      assertThat(outcome.untyped()).as("%s", outcome.failed()).isZero();
      assertThat(outcome.late()).isZero();
    }
  }
}
