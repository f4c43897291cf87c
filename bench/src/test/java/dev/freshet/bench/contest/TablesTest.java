package dev.freshet.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TablesTest {
  private final Results results = new Results();
  private final Tables tables =
      new Tables(results, List.of(Entrant.WIRE, Entrant.FRESHET, Entrant.CLIENT_GO));

  @Test
  void whatAContenderDoesNotHaveIsADash() {
    results.add("uniform", Entrant.FRESHET, new Measure("get", 12.5, Measure.MILLIS));

    assertThat(tables.values("uniform").aligned())
        .isEqualTo(
            """
            median   wire  freshet  client-go
            get, ms     -    12.50          -
            """);
  }

  @Test
  void whereTheWireHasAMeasureAllAreHeldAgainstIt() {
    results.add("uniform", Entrant.WIRE, new Measure("sync", 2, Measure.MILLIS));
    results.add("uniform", Entrant.CLIENT_GO, new Measure("sync", 8, Measure.MILLIS));

    assertThat(tables.ratios("uniform").aligned())
        .isEqualTo(
            """
            ratio        wire  freshet  client-go
            sync / wire  1.00        -       4.00
            """);
  }

  @Test
  void elseAllAreHeldAgainstClientGo() {
    results.add("uniform", Entrant.FRESHET, new Measure("get", 2, Measure.MILLIS));
    results.add("uniform", Entrant.CLIENT_GO, new Measure("get", 8, Measure.MILLIS));

    assertThat(tables.ratios("uniform").markdown())
        .isEqualTo(
            """
            | ratio | wire | freshet | client-go |
            |---|---:|---:|---:|
            | get / client-go | - | 0.25 | 1.00 |
            """);
  }

  @Test
  void aRateIsShownAsItIs() {
    results.add("uniform", Entrant.FRESHET, new Measure("events", 31_234, "/s"));

    assertThat(tables.values("uniform").aligned()).contains("events, /s     -   31,234");
  }

  @Test
  void aGoalOfWhatWasNotToBeMeasuredIsLeftOut() {
    Table goals = tables.goals(Map.of("uniform", EnumSet.of(Part.EVENTS)));

    assertThat(goals.markdown())
        .isEqualTo(
            """
            | goal | workload | wanted | reached | met |
            |---|---:|---:|---:|---:|
            | events applied and visible | uniform | >= 30,000 /s | - | not measured |
            """);
  }

  @Test
  void aGoalThatIsNotMeasuredIsNotMissed() {
    assertThat(tables.missed(Map.of("uniform", EnumSet.allOf(Part.class)))).isFalse();
  }

  @Test
  void aGoalThatIsNotReachedIsMissed() {
    results.add("uniform", Entrant.FRESHET, new Measure("recorded events", 1, "/s"));

    assertThat(tables.missed(Map.of("uniform", EnumSet.of(Part.EVENTS)))).isTrue();
  }
}
