package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.controlplane.DetachedControlPlane;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A control plane of the test's own, in its own directory. */
class ControlPlaneCommandTest {

  @TempDir private Path directory = Path.of("");

  private Run controlPlane(String command) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false,
            Map.of());
    int code =
        new CommandLine(new ControlPlaneCommand(console, DetachedControlPlane.in(directory)))
            .execute(command);
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @AfterEach
  void end() {
    DetachedControlPlane.in(directory).down();
  }

  @Test
  void itStaysUpAfterTheCommandUntilItIsEnded() {
    Run up = controlPlane("up");
    RunAssert.assertThat(up).succeeded();
    String kubeconfig = up.out().strip();
    RunAssert.assertThat(Run.of("list", "namespaces", "--kubeconfig", kubeconfig)).succeeded();

    Run again = controlPlane("up");
    assertThat(again.out()).isEqualTo(up.out());
    assertThat(again.err()).contains("Already up");
    assertThat(controlPlane("status").out()).isEqualTo(up.out());

    RunAssert.assertThat(controlPlane("down")).succeeded();
    assertThat(controlPlane("status").err()).contains("Down.");
    assertThat(Path.of(kubeconfig)).doesNotExist();
  }

  @Test
  void endingWhatDoesNotRunIsNoFailure() {
    Run down = controlPlane("down");
    RunAssert.assertThat(down).succeeded();
    assertThat(down.err()).contains("Nothing was running.");
  }
}
