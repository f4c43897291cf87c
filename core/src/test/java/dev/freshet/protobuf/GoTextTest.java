package dev.freshet.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.MalformedResponseException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoTextTest {

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT);

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "1, 1ns",
    "1100, 1.1µs",
    "2200000, 2.2ms",
    "3300000000, 3.3s",
    "245000000000, 4m5s",
    "245001000000, 4m5.001s",
    "18367001000000, 5h6m7.001s",
    "3600000000000, 1h0m0s",
    "-1000000000, -1s",
    "480000000001, 8m0.000000001s",
    "9223372036854775807, 2562047h47m16.854775807s",
    "-9223372036854775808, -2562047h47m16.854775808s"
  })
  void durationsAreThoseOfGo(long nanos, String expected) {
    assertThat(GoText.duration(nanos)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "1, 1",
    "0.1, 0.1",
    "-2.5, -2.5",
    "1e20, 100000000000000000000",
    "1e21, 1e+21",
    "1.5e300, 1.5e+300",
    "0.000001, 0.000001",
    "0.0000001, 1e-7",
    "5e-324, 5e-324",
    "1.7976931348623157e308, 1.7976931348623157e+308"
  })
  void numbersAreThoseOfGo(double value, String expected) {
    assertThat(GoText.float64(value)).isEqualTo(expected);
  }

  @Test
  void timesAreInUtcAndAsFineAsTheirType() {
    assertThat(GoText.time(0)).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(GoText.time(-1)).isEqualTo("1969-12-31T23:59:59Z");
    assertThat(GoText.time(1_700_000_000)).isEqualTo("2023-11-14T22:13:20Z");
    assertThat(GoText.microTime(1_700_000_000, 123_456_789))
        .isEqualTo("2023-11-14T22:13:20.123456Z");
    assertThat(GoText.microTime(0, 0)).isEqualTo("1970-01-01T00:00:00.000000Z");
  }

  @Test
  void everyDayIsThatOfTheCalendar() {
    long last = LocalDate.of(10_001, 1, 1).toEpochDay();
    for (long day = LocalDate.of(1969, 1, 1).toEpochDay(); day < last; day++) {
      long seconds = day * 86_400 + Math.floorMod(day * 7_919, 86_400L);
      LocalDateTime at = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
      String calendar = FORM.format(at).replace("+", "");
      if (!GoText.time(seconds).equals(calendar)) {
        assertThat(GoText.time(seconds)).isEqualTo(calendar);
      }
    }
  }

  @Test
  void whatNoTextCanSayIsATypedError() {
    assertThatThrownBy(() -> GoText.time(Long.MAX_VALUE))
        .isInstanceOf(MalformedResponseException.class);
    assertThatThrownBy(() -> GoText.float64(Double.NaN))
        .isInstanceOf(MalformedResponseException.class);
  }
}
