package dev.freshet.trials.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanTest {

  private static Span span(long from, long to) {
    return new Span(Instant.ofEpochSecond(from), Instant.ofEpochSecond(to));
  }

  @Test
  void thoseThatOverlapAreAtOnce() {
    assertThat(Span.mostAtOnce(List.of(span(0, 10), span(2, 4), span(3, 5), span(6, 7))))
        .isEqualTo(3);
  }

  @Test
  void oneThatBeginsWhereAnotherEndsIsNotAtOnceWithIt() {
    assertThat(Span.mostAtOnce(List.of(span(0, 1), span(1, 2)))).isEqualTo(1);
  }

  @Test
  void ofNoneThereIsNone() {
    assertThat(Span.mostAtOnce(List.of())).isZero();
  }
}
