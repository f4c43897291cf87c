package dev.freshet.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResultOutputTest {

  private static final RouteResult MEASURED =
      new RouteResult(
          "cached",
          4_000,
          OptionalDouble.of(0.123_456),
          OptionalDouble.of(12.5),
          OptionalDouble.of(0),
          OptionalDouble.of(0),
          OptionalLong.of(3),
          OptionalDouble.of(17.25),
          0,
          0,
          0);

  private static final RouteResult UNMEASURED =
      new RouteResult(
          "direct",
          0,
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalLong.empty(),
          OptionalDouble.empty(),
          0,
          0,
          0);

  @Test
  void jsonRowsHaveExactlyTheseMembersInThisOrder() {
    JsonNode rows = new JsonMapper().readTree(ResultJson.of(List.of(MEASURED, UNMEASURED)));
    assertThat(rows)
        .hasSize(2)
        .allSatisfy(
            row ->
                assertThat(row.propertyNames())
                    .containsExactly(
                        "route",
                        "reads",
                        "p50Millis",
                        "p99Millis",
                        "bytesPerRead",
                        "requestsPerRead",
                        "staleAnswers",
                        "worstStalenessMillis",
                        "detours"));
  }

  @Test
  void jsonTimesAreGivenToTheMicrosecond() {
    JsonNode row = new JsonMapper().readTree(ResultJson.of(List.of(MEASURED))).get(0);
    assertThat(row.get("p50Millis").asDouble()).isEqualTo(0.123);
  }

  @Test
  void jsonHasNullForWhatWasNotMeasured() {
    JsonNode row = new JsonMapper().readTree(ResultJson.of(List.of(UNMEASURED))).get(0);
    assertThat(row.propertyStream().filter(member -> member.getValue().isNull())).hasSize(6);
  }

  @Test
  void theTableFitsEightyColumnsAndMarksWhatWasNotMeasured() {
    var out = new ByteArrayOutputStream();
    ResultTable.of(List.of(MEASURED, UNMEASURED))
        .print(new PrintStream(out, true, StandardCharsets.UTF_8), UnaryOperator.identity());
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(lines.get(1)).contains("cached", "4000", "0.123 ms", "12.5 ms", "3", "17.3 ms");
    assertThat(lines.get(2).split(" +"))
        .containsExactly("direct", "0", "-", "-", "-", "-", "-", "-");
  }
}
