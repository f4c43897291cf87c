package dev.freshet.trials.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TrendTest {
  private static final long ALLOWED = 10;

  @Test
  void whatGrowsMoreThanAllowedIsNotFlat() {
    Trend trend = trend(100, 102, 104, 106, 108, 110, 112, 114, 116);

    assertThat(trend.flat()).isFalse();
    assertThat(trend.first()).isEqualTo(102);
    assertThat(trend.last()).isEqualTo(114);
  }

  @Test
  void whatGoesUpAndDownIsFlat() {
    assertThat(trend(100, 120, 100, 119, 101, 120, 100, 118, 100).flat()).isTrue();
  }

  @Test
  void whatGrowsWhileItGoesUpAndDownIsNotFlat() {
    assertThat(trend(100, 130, 101, 108, 140, 109, 119, 150, 118).flat()).isFalse();
  }

  @Test
  void whatIsHighAtTheEndByChanceIsFlat() {
    assertThat(trend(264, 264, 258, 258, 264, 264, 264, 276, 273).flat()).isTrue();
  }

  @Test
  void whatIsLowAtTheStartByChanceIsFlat() {
    assertThat(trend(174, 170, 170, 155, 164, 167, 170, 170, 170, 170, 173, 170).flat()).isTrue();
  }

  @Test
  void whatShrinksIsFlat() {
    assertThat(trend(500, 500, 500, 9, 8, 7, 6, 5, 4).flat()).isTrue();
  }

  @Test
  void theSlopeIsThatOfTheLineThroughAllSamples() {
    assertThat(trend(10, 20, 30, 40, 50, 60).perHour()).isEqualTo(600, offset());
  }

  private static org.assertj.core.data.Offset<Double> offset() {
    return org.assertj.core.data.Offset.offset(1e-6);
  }

  /** One sample a minute. */
  private static Trend trend(long... descriptors) {
    List<Sample> samples =
        LongStream.range(0, descriptors.length)
            .mapToObj(i -> new Sample(i * 60.0, 0, 0, 0, 0, descriptors[(int) i], 0, 0, 0))
            .toList();
    return Trend.of("descriptors", samples, Sample::descriptors, Typical.MEDIAN, ALLOWED);
  }
}
