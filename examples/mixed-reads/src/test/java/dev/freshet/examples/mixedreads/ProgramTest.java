package dev.freshet.examples.mixedreads;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.Rule;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import dev.freshet.testkit.process.Poll;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The program as a process, as somebody starts and ends it. */
@WithControlPlane
class ProgramTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** No more than its README says. */
  private static final Rule RIGHTS =
      new Rule(List.of("list", "watch", "update"), "", List.of("pods"));

  @Test
  void atItsEndItTellsWhatItsReadersHaveCost(
      ControlPlane plane, KubernetesClient client, TestNamespace namespace) throws Exception {
    var database = new Database(client, namespace.name());
    database.addStandbys("a-0", "a-1");
    User program = plane.grant(User.named("mixed-reads"), RIGHTS);
    Process process = start(plane.kubeconfig(program), namespace.name());
    try (var printed = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      String first = String.valueOf(printed.readLine());
      int port = URI.create(first.substring(0, first.indexOf(' '))).getPort();
      assertThat(Poll.until("a primary", SOON, () -> !database.primaries().isEmpty())).isTrue();
      Browser.get(port, "/");

      // Process.destroy would close what is still to be read.
      process.toHandle().destroy();

      assertThat(printed.lines())
          .anyMatch(line -> line.matches("controller +cached +cached +\\d+ +0\\.0 +0"))
          .anyMatch(line -> line.matches("promotion +strong +\\w+ +[1-9]\\d* +[1-9].*"))
          .anyMatch(line -> line.matches("dashboard +within +\\w+ +[1-9].*"))
          .anyMatch(line -> line.matches("promotion +critical +[1-9]\\d* +[1-9]\\d*"));
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(Path kubeconfig, String namespace) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    var builder =
        new ProcessBuilder(java, "-Xmx256m", "-cp", classPath, Main.class.getName())
            .redirectError(Path.of("target", "program.log").toFile());
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("POD_NAMESPACE", namespace);
    builder.environment().put("PORT", "0");
    return builder.start();
  }
}
