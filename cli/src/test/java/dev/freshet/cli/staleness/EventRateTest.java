package dev.freshet.cli.staleness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventRateTest {

  private static final long SECOND = 1_000_000_000L;

  private final EventRate rate = new EventRate();

  @Test
  void oneLookTellsNothing() {
    assertThat(rate.at(5 * SECOND, 100)).isEmpty();
  }

  @Test
  void itCountsWhatCameSinceTheFirstLook() {
    rate.at(0, 100);
    assertThat(rate.at(2 * SECOND, 130)).hasValue(15);
    assertThat(rate.at(4 * SECOND, 140)).hasValue(10);
  }

  @Test
  void looksBeforeTheWindowAreForgotten() {
    rate.at(0, 0);
    rate.at(2 * SECOND, 1_000);
    for (int i = 4; i <= 12; i += 2) {
      rate.at(i * SECOND, 1_000);
    }
    assertThat(rate.at(14 * SECOND, 1_020)).hasValue(2);
  }

  @Test
  void twoLooksFarApartStillTellARate() {
    rate.at(0, 0);
    assertThat(rate.at(100 * SECOND, 50)).hasValue(0.5);
  }
}
