package dev.freshet.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

  @ParameterizedTest
  @CsvSource({
    "0,0 B",
    "999,999 B",
    "1000,1.0 kB",
    "96500,96.5 kB",
    "148000000,148.0 MB",
    "3100000000,3.1 GB",
    "3e18,3000000.0 TB"
  })
  void bytesAreInUnitsOfAThousand(double bytes, String text) {
    assertThat(Amounts.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"0;0.0", "0.001;<0.1", "0.05;0.1", "12.34;12.3", "999.9;999.9", "1240;1,240"})
  void whatIsLittleIsToldFromNothing(double rate, String text) {
    assertThat(Amounts.perSecond(OptionalDouble.of(rate))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.0041,4.1ms", "0.041,41ms", "4.1,4.1s", "0,0.0ms"})
  void whatOneTookHasAUnit(double seconds, String text) {
    assertThat(Amounts.took(OptionalDouble.of(seconds))).isEqualTo(text);
  }

  @Test
  void whatIsNotKnownIsSaidNotToBe() {
    assertThat(Amounts.bytes(OptionalDouble.empty())).isEqualTo("?");
    assertThat(Amounts.perSecond(OptionalDouble.empty())).isEqualTo("?");
    assertThat(Amounts.took(OptionalDouble.empty())).isEqualTo("-");
  }
}
