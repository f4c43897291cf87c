package dev.freshet.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.workload.ChurnObserver.Acknowledged;
import dev.freshet.testkit.workload.PodKey;
import dev.freshet.testkit.workload.WriteKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final long MILLI = 1_000_000;

  /** What is sent from a second on counts; the wall clock is five seconds ahead. */
  private final Latency latency = new Latency(1_000 * MILLI, 5_000_000);

  @Test
  void anUpdateTakesFromWhenItWasSentUntilItIsSeen() {
    update("7", 2_000 * MILLI, 2_004 * MILLI);

    assertThat(latency.measures(Map.of("7", 7_010_000L)))
        .containsExactlyInAnyOrder(
            new Measure(Measure.ANSWERED_MEDIAN, 4, "ms"),
            new Measure(Measure.SEEN_MEDIAN, 10, "ms"),
            new Measure(Measure.SEEN_P99, 10, "ms"));
  }

  @Test
  void whatIsSentInTheWarmUpDoesNotCount() {
    update("6", 999 * MILLI, 1_900 * MILLI);
    update("7", 2_000 * MILLI, 2_004 * MILLI);

    List<Measure> measures = latency.measures(Map.of("6", 9_000_000L, "7", 7_010_000L));

    assertThat(measures).contains(new Measure(Measure.SEEN_P99, 10, "ms"));
  }

  @Test
  void aCacheThatDoesNotShowUpdatesIsNotMeasured() {
    update("7", 2_000 * MILLI, 2_004 * MILLI);

    assertThatThrownBy(() -> latency.measures(Map.of()))
        .isInstanceOf(TestkitException.class)
        .hasMessage("Only 0 of 1 updates were seen.");
  }

  private void update(String version, long sentNanos, long acknowledgedNanos) {
    latency.acknowledged(
        new Acknowledged(
            WriteKind.STATUS,
            new PodKey("ns", "pod"),
            "uid",
            version,
            false,
            Map.of(),
            "",
            sentNanos,
            acknowledgedNanos));
  }
}
