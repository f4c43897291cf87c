package dev.freshet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.fence.Experience;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which way is chosen for what, as a table. */
class WaysTest {

  private static final Measurements.Direct DIRECT =
      new Measurements.Direct(Duration.ofMillis(3), 15, 1_500, 4_000);

  @ParameterizedTest(name = "{0} of {1} objects, {2} changes/s, at once {3}, {4}: {5}")
  @CsvSource({
    // A quiet kind in a quiet cluster: nearly every probe finds nothing new, and if not, a
    // bookmark.
    "19200, 20000,    0, 1.0, ALL,           BOOKMARK",
    "19200, 20000,    0, 1.0, WITHOUT_TOUCH, BOOKMARK",
    // A busy kind: its next event comes soon.
    "19200, 20000,  200, 0.0, ALL,           PROBE",
    "19200, 20000,  200, 0.0, WITHOUT_TOUCH, PROBE",
    // A quiet kind in a cluster that is busy in other kinds: only a touch brings it on quickly.
    "19200, 20000,  0.1, 0.0, ALL,           TOUCH",
    "19200, 20000,  0.1, 0.0, WITHOUT_TOUCH, BOOKMARK",
    // Little to read: the server is asked for the answer itself.
    "    1,    20,  0.1, 0.0, WITHOUT_TOUCH, DIRECT",
    "   10,   500,  0.1, 0.0, WITHOUT_TOUCH, DIRECT",
    "    1,    20,  0.1, 0.0, ALL,           DIRECT",
    // Several streams have no fence.
    "19200, 20000,  200, 0.0, NONE,          DIRECT",
  })
  void theCheapestWayIsChosen(
      int matches, int held, double changes, double atOnce, CacheView.Fences fences, Route chosen) {
    assertThat(ways(matches, held, changes, atOnce, fences, Optional.empty()).getFirst().route())
        .isEqualTo(chosen);
  }

  @Test
  void theLastWayIsKeptUntilAnotherIsClearlyBetter() {
    // At 110 changes a second a probe costs 12 ms and a touch 15 ms; at 80 the touch is cheaper.
    assertThat(route(110, Optional.empty())).isEqualTo(Route.PROBE);
    assertThat(route(80, Optional.empty())).isEqualTo(Route.TOUCH);
    assertThat(route(80, Optional.of(Route.PROBE))).isEqualTo(Route.PROBE);
    assertThat(route(110, Optional.of(Route.TOUCH))).isEqualTo(Route.TOUCH);
    assertThat(route(20, Optional.of(Route.PROBE))).isEqualTo(Route.TOUCH);
    assertThat(route(2_000, Optional.of(Route.TOUCH))).isEqualTo(Route.PROBE);
  }

  private static Route route(double changes, Optional<Route> incumbent) {
    return ways(19_200, 20_000, changes, 0, CacheView.Fences.ALL, incumbent).getFirst().route();
  }

  @Test
  void everyWayIsShownWithWhatItWouldTake() {
    List<Plan.Candidate> ways =
        ways(19_200, 20_000, 200, 0, CacheView.Fences.ALL, Optional.empty());
    assertThat(ways)
        .extracting(Plan.Candidate::route)
        .containsExactly(Route.PROBE, Route.TOUCH, Route.BOOKMARK, Route.DIRECT);
    Plan.Candidate direct = ways.getLast();
    assertThat(direct.scanned()).hasValue(20_000);
    assertThat(direct.bytes()).hasValue(19_200L * 4_000);
    // 3 ms for the request, 30 ms for what is looked at, 1,152 ms for the bytes.
    assertThat(direct.latency()).contains(Duration.ofMillis(1_185));
  }

  @Test
  void aQueryThatOnlyACacheCanAnswerHasNoDirectWay() {
    assertThat(
            Ways.of(
                Query.everything(),
                new CacheView.Ready(10, 10, 10, CacheView.Fences.ALL),
                measured(0, 0, Optional.empty()),
                false))
        .extracting(Plan.Candidate::route)
        .doesNotContain(Route.DIRECT)
        .hasSize(3);
  }

  private static List<Plan.Candidate> ways(
      int matches,
      int held,
      double changes,
      double atOnce,
      CacheView.Fences fences,
      Optional<Route> incumbent) {
    return Ways.of(
        Query.everything(),
        new CacheView.Ready(matches, held, held, fences),
        measured(changes, atOnce, incumbent),
        true);
  }

  private static Measurements measured(double changes, double atOnce, Optional<Route> incumbent) {
    Experience fences =
        new Experience(
            Duration.ofMillis(2), Duration.ofMillis(1_100), Duration.ofMillis(10), atOnce, changes);
    return new Measurements(DIRECT, Optional.of(fences), incumbent);
  }
}
