package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.WithControlPlane;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@WithControlPlane
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StalenessTest {

  private static final String ROW = "pods +\\d+ +\\d+ +[\\d.]+s +\\S+ +\\S+ +\\S.*";

  private final ControlPlane plane;

  StalenessTest(ControlPlane plane) {
    this.plane = plane;
  }

  private String[] args(String... args) {
    String[] here = {"--kubeconfig", plane.kubeconfig(User.TEST).toString()};
    return Stream.of(new String[] {"staleness"}, args, here)
        .flatMap(Stream::of)
        .toArray(String[]::new);
  }

  @Test
  void onceGivesALineForEachKindAsTyped() {
    Run run = Run.of(args("po", "nodes", "pods", "-A", "--once"));
    RunAssert.assertThat(run).succeeded();
    List<String> lines = run.outLines();
    assertThat(lines.getFirst().split(" +"))
        .containsExactly("KIND", "HEAD", "FRONTIER", "BEHIND", "EVENTS/S", "BOOKMARK", "WHY");
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).matches(ROW);
    assertThat(lines.get(2)).startsWith("nodes");
  }

  @Test
  void withoutATerminalEachLookIsALineUntilItsTimeIsOver() {
    Run run = Run.of(args("--for", "1s", "--interval", "200ms"));
    RunAssert.assertThat(run).succeeded();
    assertThat(run.outLines().getFirst()).startsWith("TIME");
    assertThat(run.outLines().getLast()).matches("\\d\\d:\\d\\d:\\d\\d +" + ROW);
    assertThat(run.out()).doesNotContain("\033");
  }

  @Test
  void anInterruptEndsItWithStatusZero() throws Exception {
    try (var running = new Running(args("pods", "-A", "--interval", "200ms"))) {
      running.awaitLine("current");
      assertThat(running.end()).isZero();
      assertThat(running.errLines()).isEmpty();
    }
  }

  @Test
  void whatIsNotGrantedIsAFailureAndNothingToWaitFor() {
    RunAssert.assertThat(Run.of(args("secrets")))
        .failedWith(ExitCode.FAILED, "not allowed to list secrets", "list");
  }

  @Test
  void anUnknownKindIsAFailure() {
    RunAssert.assertThat(Run.of(args("pods", "podz")))
        .failedWith(ExitCode.FAILED, "no kind \"podz\"", "pods");
  }
}
