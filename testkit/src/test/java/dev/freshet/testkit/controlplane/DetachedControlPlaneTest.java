package dev.freshet.testkit.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.controlplane.DetachedControlPlane.Status;
import dev.freshet.testkit.process.RecordedProcess;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetachedControlPlaneTest {
  private final DetachedControlPlane detached;

  DetachedControlPlaneTest(@TempDir Path directory) {
    this.detached = DetachedControlPlane.in(directory.resolve("control-plane"));
  }

  @AfterEach
  void down() {
    detached.down();
  }

  @Test
  void itGoesUpOnceAndDownOnce() {
    var started = detached.up(ControlPlaneOptions.standard());
    assertThat(started.already()).isFalse();
    assertAnswers(started.plane());

    var again = detached.up(ControlPlaneOptions.standard());
    assertThat(again.already()).isTrue();
    assertThat(again.plane()).isEqualTo(started.plane());
    assertThat(detached.status()).isEqualTo(new Status.Up(started.plane()));

    assertThat(detached.down()).contains(started.plane());
    assertThat(started.plane().processes()).noneMatch(RecordedProcess::alive);
    assertThat(started.plane().directory()).doesNotExist();
    assertThat(detached.down()).isEmpty();
  }

  @Test
  void aBrokenOneIsReplaced() {
    var first = detached.up(ControlPlaneOptions.standard()).plane();
    first.processes().getFirst().stop(Duration.ZERO);
    assertThat(detached.status()).isInstanceOf(Status.Broken.class);

    var second = detached.up(ControlPlaneOptions.standard());

    assertThat(second.already()).isFalse();
    assertThat(first.processes()).noneMatch(RecordedProcess::alive);
    assertAnswers(second.plane());
  }

  @Test
  void nothingIsDownAtFirst() {
    assertThat(detached.status()).isEqualTo(new Status.Down());
    assertThat(detached.down()).isEmpty();
  }

  private static void assertAnswers(RunningControlPlane plane) {
    var config = Config.fromKubeconfig(plane.kubeconfig().toFile());
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      assertThat(client.getKubernetesVersion().getGitVersion()).isEqualTo("v1.37.2");
    }
  }
}
