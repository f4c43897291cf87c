package dev.freshet.trials.herd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that share nothing list no more often than they must, by the server's own account. */
@Tag("verify")
class HerdTrialTest {
  private static final int CLIENTS = 25;
  private static final int PODS = 200;
  private static final Duration AFTER = Duration.ofSeconds(2);

  @TempDir private Path directory;

  @Test
  void aLostServerCostsNoListAndALostHistoryOneOfEachClient() throws Exception {
    try (var trial = new HerdTrial(directory, PODS, AFTER, Progress.silent())) {
      List<HerdOutcome> outcomes = trial.run(HerdKind.FRESHET, CLIENTS);

      HerdOutcome takenOver = of(HerdEvent.TAKEN_OVER, outcomes);
      assertThat(takenOver.lists()).isZero();
      assertThat(takenOver.syncedMillis()).hasSize(CLIENTS);
      HerdOutcome restarted = of(HerdEvent.RESTARTED, outcomes);
      assertThat(restarted.listing()).isEqualTo(CLIENTS);
      assertThat(restarted.mostListsOfOne()).isEqualTo(1);
      assertThat(restarted.syncedMillis()).hasSize(CLIENTS);
    }
  }

  private static HerdOutcome of(HerdEvent event, List<HerdOutcome> outcomes) {
    return outcomes.stream().filter(outcome -> outcome.event() == event).findFirst().orElseThrow();
  }
}
