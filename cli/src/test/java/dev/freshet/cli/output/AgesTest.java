package dev.freshet.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {

  /** The cases of HumanDuration's own test in k8s.io/apimachinery, and the edges between them. */
  @ParameterizedTest
  @CsvSource({
    "PT-2S,<invalid>",
    "PT-1S,0s",
    "PT0S,0s",
    "PT119S,119s",
    "PT2M,2m",
    "PT2M5S,2m5s",
    "PT9M59S,9m59s",
    "PT10M30S,10m",
    "PT2H59M59S,179m",
    "PT3H,3h",
    "PT3H30M,3h30m",
    "PT8H30M,8h",
    "PT47H59M,47h",
    "P2D,2d",
    "P2DT3H,2d3h",
    "P8DT3H,8d",
    "P729D,729d",
    "P730D,2y",
    "P740D,2y10d",
    "P2920D,8y"
  })
  void agesAreWrittenAsKubectlWritesThem(Duration age, String text) {
    assertThat(Ages.format(age)).isEqualTo(text);
  }

  @Test
  void whatIsNoTimeHasNoAge() {
    assertThat(new Ages(InstantSource.fixed(Instant.EPOCH)).since("yesterday"))
        .isEqualTo("<unknown>");
  }
}
