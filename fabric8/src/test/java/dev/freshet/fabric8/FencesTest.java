package dev.freshet.fabric8;

import static dev.freshet.Consistency.strong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.CacheDeclaration;
import dev.freshet.Fence;
import dev.freshet.Query;
import dev.freshet.ReadList;
import dev.freshet.Reads;
import dev.freshet.Route;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Strong reads from the cache, on the real server. */
@WithControlPlane
class FencesTest {

  private static final String SENTINEL = "sentinel";

  private final ControlPlane plane;
  private final KubernetesClient client;
  private final String namespace;

  FencesTest(ControlPlane plane, KubernetesClient client, TestNamespace namespace) {
    this.plane = plane;
    this.client = client;
    this.namespace = namespace.name();
  }

  @ParameterizedTest
  @EnumSource(Fence.class)
  void everyFenceSeesEveryWriteThatWasAcknowledgedBefore(Fence fence) {
    create(SENTINEL);
    try (Freshet freshet = connect(ConfigMap.class)) {
      Reads<ConfigMap> maps = freshet.reads(ConfigMap.class).inNamespace(namespace).fence(fence);
      int before = maps.list(strong()).size();
      for (int i = 1; i <= 5; i++) {
        create(fence + "-" + i);
        assertThat(maps.list(strong())).hasSize(before + i);
      }
    }
  }

  @Test
  void aTouchAnswersFromTheCacheAndPaysForOneSmallWrite() {
    create(SENTINEL);
    try (Freshet freshet = connect(ConfigMap.class)) {
      ReadList<ConfigMap> read =
          freshet.reads(ConfigMap.class).inNamespace(namespace).fence(Fence.TOUCH).list(strong());
      assertThat(read.provenance().route()).isEqualTo(Route.TOUCH);
      assertThat(read.provenance().requests().sent()).isEqualTo(1);
      assertThat(read.provenance().bytes().body()).isBetween(1L, 4_000L);
      assertThat(read.provenance().behindAtMost()).isPresent();
    }
  }

  @Test
  void aPodIsTouchedInItsStatusAlone() {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(SENTINEL)
            .endMetadata()
            .withNewSpec()
            .withNodeName("nowhere")
            .addNewContainer()
            .withName("c")
            .withImage("i")
            .endContainer()
            .endSpec()
            .build();
    client.pods().inNamespace(namespace).resource(pod).create();
    try (Freshet freshet = connect(Pod.class)) {
      ReadList<Pod> read =
          freshet.reads(Pod.class).inNamespace(namespace).fence(Fence.TOUCH).list(strong());
      assertThat(read.provenance().route()).isEqualTo(Route.TOUCH);
      assertThat(read.getFirst().getStatus().getConditions())
          .anyMatch(condition -> condition.getType().equals("freshet.dev/fence"));
    }
  }

  @Test
  void aBookmarkWatchBringsAQuietKindToWhatWasWrittenElsewhere() {
    try (Freshet freshet = connect(ConfigMap.class)) {
      create("quiet");
      Pod elsewhere =
          new PodBuilder()
              .withNewMetadata()
              .withGenerateName("elsewhere-")
              .endMetadata()
              .withNewSpec()
              .withNodeName("nowhere")
              .addNewContainer()
              .withName("c")
              .withImage("i")
              .endContainer()
              .endSpec()
              .build();
      String version =
          client
              .pods()
              .inNamespace(namespace)
              .resource(elsewhere)
              .create()
              .getMetadata()
              .getResourceVersion();
      ReadList<ConfigMap> read =
          freshet
              .reads(ConfigMap.class)
              .inNamespace(namespace)
              .fence(Fence.BOOKMARK)
              .list(strong());
      assertThat(read.provenance().route()).isEqualTo(Route.BOOKMARK);
      assertThat(Long.parseLong(read.resourceVersion().text()))
          .isGreaterThanOrEqualTo(Long.parseLong(version));
    }
  }

  @Test
  void manyReadersShareOneTouch() throws Exception {
    create(SENTINEL);
    try (Freshet freshet = connect(ConfigMap.class);
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      Reads<ConfigMap> maps =
          freshet.reads(ConfigMap.class).inNamespace(namespace).fence(Fence.TOUCH).as("many");
      Callable<ReadList<ConfigMap>> read = () -> maps.list(Query.everything(), strong());
      List<Future<ReadList<ConfigMap>>> answers = readers.invokeAll(Collections.nCopies(64, read));
      for (Future<ReadList<ConfigMap>> answer : answers) {
        assertThat(answer.get().provenance().satisfied()).isTrue();
      }
      assertThat(Objects.requireNonNull(freshet.spent().get("many")).requests()).isLessThan(16);
    }
  }

  private Freshet connect(Class<? extends io.fabric8.kubernetes.api.model.HasMetadata> kind) {
    CacheDeclaration declared =
        CacheDeclaration.of(Fabric8Model.typeOf(kind)).touching(namespace, SENTINEL);
    Freshet freshet =
        Freshet.connect(options -> options.config(plane.config(User.TEST)).cache(declared));
    freshet.awaitSynced(Duration.ofSeconds(60));
    return freshet;
  }

  private void create(String name) {
    client
        .configMaps()
        .inNamespace(namespace)
        .resource(new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().build())
        .serverSideApply();
  }
}
