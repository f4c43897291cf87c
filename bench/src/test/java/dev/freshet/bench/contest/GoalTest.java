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

    assertThat(firstSync().verdict(results, "uniform")).isEqualTo(Verdict.MET);
  }

  @Test
  void aRatioBeyondItsLimitIsMissed() {
    add(Entrant.WIRE, 1_000);
    add(Entrant.FRESHET, 2_001);

    assertThat(firstSync().verdict(results, "uniform")).isEqualTo(Verdict.MISSED);
  }

  @Test
  void withoutWhatItIsHeldAgainstAGoalIsNotMeasured() {
    add(Entrant.FRESHET, 2_000);

    assertThat(firstSync().verdict(results, "uniform")).isEqualTo(Verdict.NOT_MEASURED);
  }

  @Test
  void theMedianOfTheRoundsCounts() {
    add(Entrant.WIRE, 1_000);
    add(Entrant.FRESHET, 9_000);
    add(Entrant.FRESHET, 1_500);
    add(Entrant.FRESHET, 1_400);

    assertThat(firstSync().reached(results, "uniform")).hasValue(1.5);
  }

  @Test
  void aRateThatIsTooLowIsMissed() {
    Measure rate = new Measure("recorded events", 29_999, "/s");
    results.add("uniform", Entrant.FRESHET, rate);

    assertThat(events().verdict(results, "uniform")).isEqualTo(Verdict.MISSED);
  }

  @Test
  void aRateThatIsHighEnoughIsMet() {
    Measure rate = new Measure("recorded events", 30_000, "/s");
    results.add("uniform", Entrant.FRESHET, rate);

    assertThat(events().verdict(results, "uniform")).isEqualTo(Verdict.MET);
  }

  @Test
  void aHundredthIsShownAsOne() {
    assertThat(firstSync().show(0.01)).isEqualTo("0.0100");
  }

  private static Goal firstSync() {
    return Goals.of("uniform").getFirst();
  }

  private static Goal events() {
    return Goals.of("uniform").stream()
        .filter(goal -> goal.part() == Part.EVENTS)
        .findFirst()
        .orElseThrow();
  }

  private void add(Entrant entrant, double millis) {
    results.add("uniform", entrant, new Measure(Measure.FIRST_SYNC, millis, Measure.MILLIS));
  }
}
