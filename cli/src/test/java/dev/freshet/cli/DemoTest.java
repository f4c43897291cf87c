package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo as a user runs it, on a control plane of its own, only shorter. */
class DemoTest {

  @Test
  void noStrongAnswerIsStaleAndEveryRouteIsMeasured() {
    Run run = Run.of("demo", "--pods", "300", "--churn", "20", "--seconds", "3", "-o", "json");
    RunAssert.assertThat(run).succeeded();
    JsonNode rows = new JsonMapper().readTree(run.out());
    assertThat(rows.valueStream().map(row -> row.get("route").asString()))
        .containsExactly("cached", "direct");
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.get("reads").asInt()).isPositive();
              assertThat(row.propertyStream().noneMatch(m -> m.getValue().isNull())).isTrue();
            });
    assertThat(rows.get(1).get("staleAnswers").asLong()).isZero();
  }

  @Test
  void noFenceIsStaleEither() {
    Run run =
        Run.of(
            "demo",
            "--pods",
            "300",
            "--churn",
            "20",
            "--seconds",
            "3",
            "--fence",
            "all",
            "-o",
            "json");
    RunAssert.assertThat(run).succeeded();
    JsonNode rows = new JsonMapper().readTree(run.out());
    assertThat(rows.valueStream().map(row -> row.get("route").asString()))
        .containsExactly("cached", "direct", "probe", "touch", "bookmark");
    rows.valueStream()
        .skip(1)
        .forEach(
            row -> {
              assertThat(row.get("reads").asInt()).isPositive();
              assertThat(row.get("staleAnswers").asLong()).isZero();
            });
  }

  @Test
  void onlyReservationsKeepAQuota() {
    Run run = Run.of("demo", "webhook", "--creates", "60", "--quota", "20", "-o", "json");
    RunAssert.assertThat(run).succeeded();
    JsonNode rows = new JsonMapper().readTree(run.out());
    assertThat(rows.valueStream().map(row -> row.get("mode").asString()))
        .containsExactly("cached", "direct", "reserved");
    assertThat(rows.get(2).get("admitted").asInt()).isEqualTo(20);
    assertThat(rows.get(2).get("overAdmitted").asInt()).isZero();
  }
}
