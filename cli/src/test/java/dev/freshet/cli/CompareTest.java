package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
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

  @Test
  void everyFenceHasARowOfItsOwn(
      ControlPlane plane, KubernetesClient client, TestNamespace namespace) {
    client
        .configMaps()
        .inNamespace(namespace.name())
        .resource(
            new ConfigMapBuilder().withNewMetadata().withName("touched").endMetadata().build())
        .create();
    Run run =
        Run.of(
            "compare",
            "cm",
            "-n",
            namespace.name(),
            "--reads",
            "2",
            "--fence",
            "all",
            "--touch",
            "touched",
            "-o",
            "json",
            "--kubeconfig",
            plane.kubeconfig(User.TEST).toString());
    RunAssert.assertThat(run).succeeded();
    JsonNode rows = new JsonMapper().readTree(run.out());
    assertThat(rows.valueStream().map(row -> row.get("route").asString()))
        .containsExactly("cached", "direct", "probe", "touch", "bookmark");
    assertThat(rows).allSatisfy(row -> assertThat(row.get("reads").asInt()).isEqualTo(2));
  }

  @Test
  void withoutAnObjectToTouchAllFencesAreButTheTouchAndItSaysSo(ControlPlane plane) {
    Run run = compare(plane, "--fence", "all");
    RunAssert.assertThat(run).succeeded();
    assertThat(run.outLines().stream().limit(5).map(line -> line.replaceAll(" .*", "")))
        .containsExactly("ROUTE", "cached", "direct", "probe", "bookmark");
    assertThat(run.out()).contains("touch is left out");
    assertThat(run.outLines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }
}
