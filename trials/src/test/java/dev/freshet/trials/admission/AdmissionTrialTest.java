package dev.freshet.trials.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.examples.rayworkerquota.Mode;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The trial of {@code ./build admission}, a tenth of it. */
@Tag("verify")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class AdmissionTrialTest {
  @TempDir private Path directory;

  @Test
  void reservationsKeepAQuotaAcrossTwoProcessesOfWhichOneIsKilled() throws Exception {
    var trial = new AdmissionTrial(Mode.RESERVED, 1_000, 50, 20, 10, directory);
    AdmissionResult result = trial.run(System.out::println);
    System.out.print(AdmissionResult.header() + result);
    assertThat(result.beyond()).isZero();
    assertThat(result.fullGroups()).isPositive();
    assertThat(result.admittedAfter()).isEqualTo(result.belowAfter());
  }
}
