package dev.freshet.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RecentTest {

  private static final long SECOND = 1_000_000_000L;

  private record Seen(double requests, double seconds) {}

  private final Recent<Seen> recent = new Recent<>();

  private OptionalDouble rate(long second, double requests) {
    recent.add(second * SECOND, new Seen(requests, 0));
    return recent.rate(Seen::requests);
  }

  @Test
  void oneLookTellsNothing() {
    assertThat(rate(5, 100)).isEmpty();
  }

  @Test
  void itCountsWhatCameSinceTheFirstLook() {
    rate(0, 100);
    assertThat(rate(2, 130)).hasValue(15);
    assertThat(rate(4, 140)).hasValue(10);
  }

  @Test
  void looksBeforeTheWindowAreForgotten() {
    rate(0, 0);
    rate(2, 1_000);
    for (int second = 4; second <= 12; second += 2) {
      rate(second, 1_000);
    }
    assertThat(rate(14, 1_020)).hasValue(2);
  }

  @Test
  void twoLooksFarApartStillTellARate() {
    rate(0, 0);
    assertThat(rate(100, 50)).hasValue(0.5);
  }

  @Test
  void aCountThatWentBackIsNotKnownUntilItIsForgotten() {
    rate(0, 1_000);
    assertThat(rate(2, 10)).isEmpty();
    assertThat(rate(4, 2_000)).isEmpty();
    assertThat(rate(14, 2_040)).hasValue(4);
  }

  @Test
  void whatEachTookIsOfThoseThatCameInTheWindow() {
    recent.add(0, new Seen(10, 90));
    recent.add(SECOND, new Seen(14, 91));
    assertThat(recent.each(Seen::seconds, Seen::requests)).hasValue(0.25);
  }

  @Test
  void whereNothingCameNothingTookAnyTime() {
    recent.add(0, new Seen(10, 90));
    recent.add(SECOND, new Seen(10, 90));
    assertThat(recent.each(Seen::seconds, Seen::requests)).isEmpty();
  }
}
