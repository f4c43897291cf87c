package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@WithControlPlane
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class WatchTest {

  private final ControlPlane plane;
  private final KubernetesClient client;
  private final TestNamespace namespace;

  WatchTest(ControlPlane plane, KubernetesClient client, TestNamespace namespace) {
    this.plane = plane;
    this.client = client;
    this.namespace = namespace;
  }

  private Running watch(ControlPlane on, String... args) {
    String[] here = {"-n", namespace.name(), "--kubeconfig", on.kubeconfig(User.TEST).toString()};
    return new Running(
        Stream.of(new String[] {"watch"}, args, here).flatMap(Stream::of).toArray(String[]::new));
  }

  private static ConfigMap map(String name, String letter) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("letter", letter)
        .endMetadata()
        .build();
  }

  private void create(String name, String letter) {
    client.configMaps().inNamespace(namespace.name()).resource(map(name, letter)).create();
  }

  private void update(String name, String letter) {
    client.configMaps().inNamespace(namespace.name()).resource(map(name, letter)).update();
  }

  private void delete(String name) {
    client.configMaps().inNamespace(namespace.name()).withName(name).delete();
  }

  @Test
  void eachChangeIsALineUntilTheCommandIsInterruptedWhichIsNoFailure() throws Exception {
    create("held", "a");
    try (Running watch = watch(plane, "cm", "-l", "letter in (a,b)")) {
      watch.awaitLine("held");
      create("other", "z");
      create("new", "a");
      update("new", "b");
      update("held", "z");
      delete("new");
      watch.awaitLine("DELETED    new");
      assertThat(watch.end()).isZero();
      assertThat(watch.lines())
          .extracting(line -> line.replaceAll(" +\\d+ +\\S+$", ""))
          .containsExactly(
              "EVENT      NAME   DATA   AGE",
              "ADDED      held",
              "ADDED      new",
              "MODIFIED   new",
              "DELETED    held",
              "DELETED    new");
      assertThat(watch.errLines()).isEmpty();
    }
  }

  @Test
  void watchOnlyLeavesOutWhatIsThere() throws Exception {
    create("held", "a");
    try (Running watch = watch(plane, "cm", "--watch-only", "-o", "name", "-l", "letter=a")) {
      for (int i = 0; i == 0 || watch.lines().isEmpty(); i++) {
        create("new-" + i, "a");
        LockSupport.parkNanos(50_000_000);
      }
      assertThat(watch.lines()).noneMatch(line -> line.contains("held"));
      assertThat(watch.lines().getFirst()).startsWith("ADDED configmap/new-");
    }
  }

  @Test
  void jsonIsOneDocumentALine() throws Exception {
    create("held", "a");
    try (Running watch = watch(plane, "cm", "-o", "json", "--field-selector=metadata.name=held")) {
      watch.awaitLine("}");
      JsonNode event = new JsonMapper().readTree(watch.lines().getFirst());
      assertThat(event.at("/type").asString()).isEqualTo("ADDED");
      assertThat(event.at("/object/metadata/name").asString()).isEqualTo("held");
      assertThat(event.at("/object/kind").asString()).isEqualTo("ConfigMap");
    }
  }

  @Test
  void itOutlivesTheApiServerAndTellsWhatItDoes() throws Exception {
    try (ControlPlane own = ControlPlane.start();
        KubernetesClient direct =
            new KubernetesClientBuilder().withConfig(own.config(User.TEST)).build();
        Running watch =
            new Running(
                "watch",
                "cm",
                "-n",
                "default",
                "-o",
                "name",
                "-l",
                "letter",
                "--kubeconfig",
                own.kubeconfig(User.TEST).toString())) {
      var maps = direct.configMaps().inNamespace("default");
      maps.resource(map("before", "a")).create();
      watch.awaitLine("ADDED configmap/before");
      own.server(0).kill();
      watch.awaitNote("Tries again");
      own.server(0).start();
      maps.resource(map("after", "a")).create();
      watch.awaitLine("ADDED configmap/after");
      watch.awaitNote("follows configmaps again");
      assertThat(watch.end()).isZero();
      assertThat(watch.lines()).containsExactly("ADDED configmap/before", "ADDED configmap/after");
    }
  }

  @Test
  void anInterruptEndsTheProcessWithStatusZero() throws Exception {
    create("held", "a");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.freshet.cli.Main",
                "watch",
                "cm",
                "-n",
                namespace.name(),
                "--kubeconfig",
                plane.kubeconfig(User.TEST).toString())
            .redirectErrorStream(true)
            .start();
    try (var reader = process.inputReader()) {
      String line = reader.readLine();
      while (line != null && !line.contains("held")) {
        line = reader.readLine();
      }
      assertThat(line).isNotNull();
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whatIsNotGrantedIsAFailureAndNothingToWaitFor() {
    Run run =
        Run.of(
            "watch",
            "secrets",
            "-n",
            namespace.name(),
            "--kubeconfig",
            plane.kubeconfig(User.TEST).toString());
    RunAssert.assertThat(run).failedWith(ExitCode.FAILED, "not allowed to list secrets", "list");
  }
}
