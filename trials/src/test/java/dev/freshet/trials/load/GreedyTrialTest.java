package dev.freshet.trials.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.load.Budget;
import dev.freshet.testkit.Progress;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.ControlPlaneOptions;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.workload.Workload;
import dev.freshet.testkit.workload.WorkloadSpec;
import dev.freshet.trials.load.GreedyTrial.Outcome;
import dev.freshet.trials.load.GreedyTrial.Share;
import dev.freshet.trials.stage.AuditLog;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A budget is kept to, and every request is on the right account: by the server's own. */
@Tag("verify")
class GreedyTrialTest {
  private static final int PODS = 500;
  private static final double PER_SECOND = 5;
  private static final Duration LENGTH = Duration.ofSeconds(5);
  private static final Duration BURST = Duration.ofSeconds(1);

  @TempDir private Path directory;

  @Test
  void aGreedyCallerStaysWithinItsBudgetAndNobodyIsAnsweredWeaker() throws Exception {
    AuditLog audit = AuditLog.in(directory);
    try (var plane =
        ControlPlane.start(ControlPlaneOptions.standard().serverFlags(audit.serverFlags()))) {
      var population =
          new Workload(WorkloadSpec.of(PODS)).create(plane.config(User.TEST), Progress.silent());
      var trial = new GreedyTrial(plane, audit, population.keys(), LENGTH);

      demandSound(trial.ungoverned());
      var budget = Budget.unlimited().requestsPerSecond(PER_SECOND).concurrent(2).burst(BURST);
      Outcome governed = trial.governed(budget);

      demandSound(governed);
      Share greedy = governed.greedy();
      assertThat((double) greedy.use().requests())
          .isLessThanOrEqualTo(PER_SECOND * (greedy.seconds() + BURST.toSeconds()));
      assertThat(greedy.audited().mostAtOnce()).isLessThanOrEqualTo(2);
    }
  }

  private static void demandSound(Outcome outcome) {
    demandSound(outcome.greedy());
    demandSound(outcome.neighbour());
  }

  private static void demandSound(Share share) {
    assertThat(share.answered()).isPositive();
    assertThat(share.wrong()).isZero();
    assertThat(share.failed()).isZero();
    assertThat(share.use().requests()).isEqualTo(share.audited().count());
  }
}
