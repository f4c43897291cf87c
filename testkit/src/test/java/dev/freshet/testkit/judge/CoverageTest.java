package dev.freshet.testkit.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.Items;
import dev.freshet.testkit.history.Level;
import dev.freshet.testkit.history.Route;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void aRunWithEnoughOfEverythingCounts() {
    Coverage coverage = Coverage.of(scene(3, 1).history(), List.of());

    assertThat(coverage.shortfalls(new Quotas(4, Map.of(Route.PROBE, 3L), 0.26, 1))).isEmpty();
    assertThat(coverage.requests()).isEqualTo(2.0);
  }

  @Test
  void aFallbackThatHidesABrokenFenceIsNamed() {
    Coverage coverage = Coverage.of(scene(3, 1).history(), List.of());

    assertThat(coverage.shortfalls(new Quotas(5, Map.of(Route.TOUCH, 1L), 0.25, 1_000)))
        .anyMatch(text -> text.contains("4 strong reads of 5"))
        .anyMatch(text -> text.contains("0 reads of 1 by route TOUCH"))
        .anyMatch(text -> text.contains("25.0 % of the strong reads outside faults were direct"))
        .anyMatch(text -> text.contains("operations/s before the first fault"));
  }

  @Test
  void directReadsDuringAFaultHideNothing() {
    var fault = new Coverage.Fault(3 * SECOND, 9 * SECOND);

    Coverage coverage = Coverage.of(scene(3, 1).history(), List.of(fault));

    assertThat(coverage.calmDirectReads()).isZero();
    assertThat(coverage.strongReads()).isEqualTo(4);
  }

  private static Scene scene(int probes, int directs) {
    var scene = new Scene();
    for (int i = 0; i < probes + directs; i++) {
      Route route = i < probes ? Route.PROBE : Route.DIRECT;
      var answer = new Answer(10, route, 1, Answer.UNKNOWN, true, 1, 2, Items.of(List.of()));
      long at = i * SECOND;
      scene.read(Scene.CALLER, Scene.ALL, new Level.Strong(), answer, at, at + SECOND / 2);
    }
    return scene;
  }
}
