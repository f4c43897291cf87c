package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.WithControlPlane;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@WithControlPlane
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DoctorTest {

  private final ControlPlane plane;

  DoctorTest(ControlPlane plane) {
    this.plane = plane;
  }

  private Run run(User user, String... args) {
    String[] here = {"--kubeconfig", plane.kubeconfig(user).toString()};
    return Run.of(
        Stream.of(new String[] {"doctor"}, args, here).flatMap(Stream::of).toArray(String[]::new));
  }

  @Test
  void aServerThatOffersEverythingIsFoundWell() {
    Run run = run(User.TEST, "configmaps", "-A");
    RunAssert.assertThat(run).succeeded();
    assertThat(run.outLines().getFirst().split(" +")).containsExactly("CHECK", "VERDICT", "FOUND");
    assertThat(run.out())
        .containsPattern("server version +ok +v1")
        .contains("the server streams lists, and sends bookmarks")
        .contains("cache of configmaps")
        .containsPattern("level strong +ok +by \\w+: \\d request");
  }

  @Test
  void aRightThatLacksIsAFailureWithARemedy() {
    Run run = run(User.TEST, "secrets", "--without-cache");
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out())
        .contains("not allowed to list secrets")
        .contains("freshet fence rbac")
        .doesNotContain("cache of");
  }

  @Test
  void aProgramGetsEachFindingWithItsRemedy() {
    Run run = run(User.TEST, "-A", "-o", "json");
    RunAssert.assertThat(run).succeeded();
    JsonNode findings = JsonMapper.shared().readTree(run.out());
    assertThat(findings).isNotEmpty();
    assertThat(findings.get(0).propertyNames())
        .containsExactly("check", "verdict", "found", "remedy");
  }

  @Test
  void anUnknownKindIsAFailure() {
    RunAssert.assertThat(run(User.TEST, "unicorns")).failedWith(ExitCode.FAILED, "unicorns", "");
  }
}
