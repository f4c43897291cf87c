package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.WithControlPlane;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@WithControlPlane
class CompareTest {

  private static Run compare(ControlPlane plane, String... more) {
    String[] args =
        Stream.concat(
                Stream.of(
                    "compare",
                    "namespaces",
                    "--reads",
                    "3",
                    "--kubeconfig",
                    plane.kubeconfig(User.TEST).toString()),
                Stream.of(more))
            .toArray(String[]::new);
    return Run.of(args);
  }

  @Test
  void jsonHasARowForEachRouteAndNullForStaleness(ControlPlane plane) {
    Run run = compare(plane, "-o", "json");
    RunAssert.assertThat(run).succeeded();
    JsonNode rows = new JsonMapper().readTree(run.out());
    assertThat(rows.valueStream().map(row -> row.get("route").asString()))
        .containsExactly("cached", "direct");
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.get("reads").asInt()).isEqualTo(3);
              assertThat(row.get("p50Millis").asDouble()).isPositive();
              assertThat(row.get("staleAnswers").isNull()).isTrue();
              assertThat(row.get("worstStalenessMillis").isNull()).isTrue();
            });
    assertThat(rows.get(0).get("requestsPerRead").asDouble()).isZero();
    assertThat(rows.get(1).get("requestsPerRead").asDouble()).isEqualTo(1);
    assertThat(rows.get(1).get("bytesPerRead").asLong()).isPositive();
  }

  @Test
  void theTableSaysWhatItDidNotMeasure(ControlPlane plane) {
    Run run = compare(plane);
    RunAssert.assertThat(run).succeeded();
    assertThat(run.out())
        .contains("cached", "direct", "metadata.creationTimestamp", "not measured here (-)");
    assertThat(run.outLines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }
}
