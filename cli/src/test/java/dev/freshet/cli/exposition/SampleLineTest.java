package dev.freshet.cli.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleLineTest {

  private static Sample sample(String line) {
    return SampleLine.parse(line).orElseThrow();
  }

  @Test
  void aSeriesHasANameLabelsAndAValue() {
    assertThat(sample("a_total{verb=\"LIST\",le=\"0.5\"} 12"))
        .isEqualTo(new Sample("a_total", Map.of("verb", "LIST", "le", "0.5"), 12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"up 1", "up{} 1", "up\t1", "up { } 1", "up 1 1795856612000", "up 1\r"})
  void labelsAndTheTimeMayBeLeftOut(String line) {
    assertThat(sample(line)).isEqualTo(new Sample("up", Map.of(), 1));
  }

  @Test
  void aCommaMayFollowTheLastLabel() {
    assertThat(sample("up{ a = \"1\" , b=\"2\",} 1").labels())
        .isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @Test
  void valuesOfLabelsAreUnescaped() {
    assertThat(sample("up{path=\"C:\\\\a\",said=\"\\\"no\\\"\\n}\"} 1").labels())
        .isEqualTo(Map.of("path", "C:\\a", "said", "\"no\"\n}"));
  }

  @Test
  void whatIsNoEscapeStandsForItself() {
    assertThat(sample("up{path=\"\\d\"} 1").label("path")).isEqualTo("\\d");
  }

  @Test
  void anExemplarIsLeftAlone() {
    assertThat(sample("a_bucket{le=\"1\"} 5 # {trace_id=\"7f3a\"} 0.67 1795856612").value())
        .isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "NaN,NaN",
    "+Inf,Infinity",
    "-Inf,-Infinity",
    "9.18273E5,918273",
    "1e-07,0.0000001",
    "-0.5,-0.5",
    "0,0"
  })
  void numbersAreAsGoAndJavaWriteThem(String text, double meant) {
    assertThat(Double.valueOf(sample("up " + text).value())).isEqualTo(Double.valueOf(meant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "up ",
        "up one",
        "up 1d",
        "up 0x1p3",
        "up{a=\"1\" 1",
        "up{a=\"1\"}",
        "up{a=1} 1",
        "up{a=\"1\\",
        "up{a\"1\"} 1",
        "up{a=\"1\"b=\"2\"} 1",
        "1up 1",
        "{\"a name\"} 1",
        "<html>"
      })
  void whatIsCutOrNoSampleIsNone(String line) {
    assertThat(SampleLine.parse(line)).isEmpty();
  }
}
