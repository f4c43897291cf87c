package dev.freshet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SpreadTest {

  private final Spread spread = new Spread(new Random(1));

  @Test
  void theFirstListWaitsForNobody() {
    assertThat(spread.next()).isZero();
  }

  @Test
  void laterOnesWaitForAnyPartOfWhatSeveralListsTake() {
    spread.took(Duration.ofMillis(100));
    var waits = Stream.generate(spread::next).limit(1_000).toList();
    assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofMillis(500)) <= 0);
    assertThat(waits).anyMatch(wait -> wait.compareTo(Duration.ofMillis(450)) > 0);
    assertThat(waits).anyMatch(wait -> wait.compareTo(Duration.ofMillis(50)) < 0);
  }

  @Test
  void whenSmallAnswersAreLateListsAreSpreadOverLonger() {
    spread.took(Duration.ofMillis(100));
    spread.answered(Duration.ofSeconds(1));
    var waits = Stream.generate(spread::next).limit(1_000).toList();
    assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(5)) <= 0);
    assertThat(waits).anyMatch(wait -> wait.compareTo(Duration.ofMillis(4_500)) > 0);
  }

  @Test
  void nobodyWaitsForEver() {
    spread.took(Duration.ofMinutes(5));
    assertThat(Stream.generate(spread::next).limit(100))
        .allMatch(wait -> wait.compareTo(Spread.LONGEST) <= 0);
  }
}
