package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TokenCommandTest {

  private static final String TOKEN = Tokens.ofPods("uid:here", "shop", "918273");

  @Test
  void aTokenIsShownInColumns() {
    Run run = Run.of("token", TOKEN);
    RunAssert.assertThat(run).succeeded();
    assertThat(run.outLines())
        .containsExactly(
            "cluster   uid:here",
            "",
            "COLLECTION   NAMESPACE   AT LEAST",
            "pods         shop          918273");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void allNamespacesAreAStarAndWhatNeedsAStrongReadSaysSo() {
    assertThat(Run.of("token", Tokens.ofPods("uid:here", "", "")).outLines().getLast())
        .matches("pods +\\* +strong");
  }

  @Test
  void jsonIsForPrograms() {
    JsonNode token = new JsonMapper().readTree(Run.of("token", "-o", "json", TOKEN).out());
    assertThat(token.get("cluster").asString()).isEqualTo("uid:here");
    assertThat(token.at("/floors/0/collection").asString()).isEqualTo("pods");
    assertThat(token.at("/floors/0/namespace").asString()).isEqualTo("shop");
    assertThat(token.at("/floors/0/resourceVersion").asString()).isEqualTo("918273");
    assertThat(token.get("restStrong").asBoolean()).isFalse();
  }

  @Test
  void aDashReadsStandardInput() {
    var out = new ByteArrayOutputStream();
    var console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            false,
            false,
            Map.of());
    var in = new ByteArrayInputStream((TOKEN + "\n").getBytes(StandardCharsets.UTF_8));
    assertThat(new CommandLine(new TokenCommand(console, in)).execute("-")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("918273");
  }

  @Test
  void whatIsNoTokenIsRefusedWithWhereToGetOne() {
    RunAssert.assertThat(Run.of("token", TOKEN.substring(0, 20)))
        .failedWith(ExitCode.USAGE, "truncated", "--print-token");
    RunAssert.assertThat(Run.of("token", "f1." + "A".repeat(5_000)))
        .failedWith(ExitCode.USAGE, "5003 characters", "--print-token");
  }
}
