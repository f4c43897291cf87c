package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cli.measure.RouteResult;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The demo fails when an answer was not what was promised, and only then. */
class DemoOutcomeTest {

  private static Demo.Outcome outcome(
      String route, long stale, long understated, long contradictory) {
    var one = OptionalDouble.of(1);
    return new Demo.Outcome(
        List.of(
            new RouteResult(
                route,
                9,
                one,
                one,
                one,
                one,
                OptionalLong.of(stale),
                one,
                understated,
                contradictory,
                0)),
        List.of());
  }

  @Test
  void aStaleCachedAnswerIsNoFailure() {
    assertThatCode(outcome("cached", 3, 0, 0)::requireKeptPromises).doesNotThrowAnyException();
  }

  @Test
  void aStaleStrongAnswerIs() {
    assertThatThrownBy(outcome("direct", 1, 0, 0)::requireKeptPromises)
        .hasMessageContaining("1 of 9 direct answers missed a write");
  }

  @Test
  void aCacheThatClaimsToBeFresherThanItIsIs() {
    assertThatThrownBy(outcome("cached", 1, 1, 0)::requireKeptPromises)
        .hasMessageContaining("claimed to be less behind");
  }

  @Test
  void anAnswerThatLacksWhatItsVersionIncludesIs() {
    assertThatThrownBy(outcome("cached", 1, 0, 1)::requireKeptPromises)
        .hasMessageContaining("lacked a write that their version includes");
  }
}
