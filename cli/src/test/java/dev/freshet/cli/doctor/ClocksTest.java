package dev.freshet.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClocksTest {

  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  @Test
  void aSecondThatWasUnderWayIsNotApart() {
    assertThat(Clocks.apart(NOON.plusMillis(100), NOON.plusMillis(900), NOON)).isZero();
    assertThat(Clocks.apart(NOON.minusMillis(100), NOON.plusMillis(50), NOON)).isZero();
  }

  @Test
  void aClockAheadAndOneBehindAreApart() {
    assertThat(Clocks.apart(NOON, NOON.plusMillis(10), NOON.plusSeconds(40)))
        .isEqualTo(Duration.ofMillis(39_990));
    assertThat(Clocks.apart(NOON, NOON.plusMillis(10), NOON.minusSeconds(41)))
        .isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void onlyWhatCouldMakeACredentialInvalidIsWarnedOf() {
    assertThat(Clocks.judged(Duration.ofSeconds(2)).verdict()).isEqualTo(Finding.Verdict.OK);
    assertThat(Clocks.judged(Duration.ofMinutes(2)).verdict()).isEqualTo(Finding.Verdict.WARN);
  }
}
