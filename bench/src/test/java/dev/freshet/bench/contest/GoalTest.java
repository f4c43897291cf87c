package dev.freshet.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.contest.Goal.Verdict;
import org.junit.jupiter.api.Test;

class GoalTest {
  private final Results results = new Results();

  @Test
  void aRatioWithinItsLimitIsMet() {
    add(Entrant.WIRE, 1_000);
    add(Entrant.FRESHET, 2_000);

    assertThat(firstSync().verdict(results)).isEqualTo(Verdict.MET);
  }

  @Test
  void aRatioBeyondItsLimitIsMissed() {
    add(Entrant.WIRE, 1_000);
    add(Entrant.FRESHET, 2_001);

    assertThat(firstSync().verdict(results)).isEqualTo(Verdict.MISSED);
  }

  @Test
  void withoutWhatItIsHeldAgainstAGoalIsNotMeasured() {
    add(Entrant.FRESHET, 2_000);

    assertThat(firstSync().verdict(results)).isEqualTo(Verdict.NOT_MEASURED);
  }

  @Test
  void theMedianOfTheRoundsCounts() {
    add(Entrant.WIRE, 1_000);
    add(Entrant.FRESHET, 9_000);
    add(Entrant.FRESHET, 1_500);
    add(Entrant.FRESHET, 1_400);

    assertThat(firstSync().reached(results)).hasValue(1.5);
  }

  private static Goal firstSync() {
    return Goal.of("uniform").getFirst();
  }

  private void add(Entrant entrant, double millis) {
    results.add("uniform", entrant, new Measure(Measure.FIRST_SYNC, millis, Measure.MILLIS));
  }
}
