package dev.freshet.trials.levels;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One leg of {@code ./build levels}. */
@Tag("verify")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class LevelsTest {
  private static final long READS = 200_000;
  private static final int RESTORES = 2;

  @Test
  void everyLevelIsKeptInEveryProcessWhileThingsBreak() throws Exception {
    LegResult leg = Leg.run(1, 1, READS, true, line -> {}, Path.of("target", "levels-of-tests"));

    assertThat(leg.problems()).isEmpty();
    assertThat(leg.reads()).isGreaterThanOrEqualTo(READS);
    assertThat(leg.epochs()).isEqualTo(RESTORES + 1);
    assertThat(leg.tokens()).isPositive();
  }
}
