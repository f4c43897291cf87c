package dev.freshet.fabric8;

import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.strong;
import static dev.freshet.Query.field;
import static dev.freshet.Query.label;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.CacheDeclaration;
import dev.freshet.ReadList;
import dev.freshet.Reads;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.object.ResourceVersion;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Caches of several namespaces, and of a selection only. */
@WithControlPlane
class NarrowCachesTest {

  private final ControlPlane plane;
  private final KubernetesClient client;
  private final String one;
  private final String two;

  NarrowCachesTest(ControlPlane plane, KubernetesClient client, TestNamespace namespace) {
    this.plane = plane;
    this.client = client;
    this.one = namespace.name();
    this.two = one + "-two";
    client
        .namespaces()
        .resource(new NamespaceBuilder().withNewMetadata().withName(two).endMetadata().build())
        .serverSideApply();
  }

  @Test
  void aCacheOfTwoNamespacesAnswersForEachAndForBothInListOrder() {
    create(one, "b", "worker");
    create(two, "a", "worker");
    try (Freshet freshet = connect(cache -> cache.inNamespaces(two, one))) {
      create(one, "c", "head");
      Reads<ConfigMap> maps = freshet.reads(ConfigMap.class);
      ReadList<ConfigMap> wanted =
          maps.inNamespaces(one, two).list(label("role", "worker"), strong());
      assertThat(names(wanted)).containsExactly(one + "/b", two + "/a");
      assertThat(wanted.provenance().requests().sent()).isEqualTo(2);
      Await.until(
          "the cache holds what was created last",
          () -> maps.inNamespace(one).get("c", cached()).object().isPresent());
      ReadList<ConfigMap> held =
          maps.inNamespaces(one, two).list(label("role", "worker"), cached());
      assertThat(held).isEqualTo(wanted);
      assertThat(freshet.health()).hasSize(2);
    }
  }

  @Test
  void theVersionOfAnAnswerFromSeveralStreamsIsTheLeastOfThem() {
    try (Freshet freshet = connect(cache -> cache.inNamespaces(two, one))) {
      create(one, "first", "worker");
      ResourceVersion newest = new ResourceVersion(create(two, "second", "worker"));
      Reads<ConfigMap> maps = freshet.reads(ConfigMap.class);
      Await.until(
          "the stream of the second namespace has come to its last event",
          () -> maps.inNamespace(two).list(cached()).resourceVersion().isAtLeast(newest));
      ReadList<ConfigMap> both = maps.inNamespaces(one, two).list(cached());
      ResourceVersion first = maps.inNamespace(one).list(cached()).resourceVersion();
      assertThat(both.resourceVersion()).isLessThanOrEqualTo(first);
    }
  }

  @Test
  void aCacheOfSomeNamespacesNeverAnswersForOthers() {
    try (Freshet freshet = connect(cache -> cache.inNamespaces(one, two))) {
      Reads<ConfigMap> maps = freshet.reads(ConfigMap.class);
      assertThatThrownBy(() -> maps.list(cached()))
          .isInstanceOf(UnsupportedReadException.class)
          .hasMessageContaining("holds only namespaces " + one + ", " + two);
      assertThatThrownBy(() -> maps.inNamespaces(one, "other").list(cached()))
          .isInstanceOf(UnsupportedReadException.class);
      assertThat(maps.list(strong())).isNotNull();
    }
  }

  @Test
  void aCacheOfASelectionFollowsObjectsInAndOutOfIt() {
    create(one, "in", "worker");
    create(one, "out", "head");
    try (Freshet freshet =
        connect(cache -> cache.inNamespace(one).selecting(label("role", "worker")))) {
      Reads<ConfigMap> maps = freshet.reads(ConfigMap.class).inNamespace(one);
      assertThat(names(maps.list(label("role", "worker"), cached()))).containsExactly(one + "/in");
      relabel("in", "head");
      relabel("out", "worker");
      Await.until(
          "the objects have changed places",
          () -> names(maps.list(label("role", "worker"), cached())).equals(List.of(one + "/out")));
    }
  }

  @Test
  void aCacheOfASelectionAnswersOnlyReadsThatAskForIt() {
    try (Freshet freshet =
        connect(cache -> cache.inNamespace(one).selecting(field("metadata.name", "only")))) {
      create(one, "only", "worker");
      Reads<ConfigMap> maps = freshet.reads(ConfigMap.class).inNamespace(one);
      assertThatThrownBy(() -> maps.list(cached()))
          .isInstanceOf(UnsupportedReadException.class)
          .hasMessageContaining("fields metadata.name=only");
      Await.until("it is there", () -> maps.get("only", cached()).object().isPresent());
      assertThatThrownBy(() -> maps.get("another", cached()))
          .isInstanceOf(UnsupportedReadException.class);
    }
  }

  private Freshet connect(UnaryOperator<CacheDeclaration> narrow) {
    CacheDeclaration declared =
        narrow.apply(CacheDeclaration.of(Fabric8Model.typeOf(ConfigMap.class)));
    Freshet freshet =
        Freshet.connect(options -> options.config(plane.config(User.TEST)).cache(declared));
    freshet.awaitSynced(Duration.ofSeconds(60));
    return freshet;
  }

  private String create(String namespace, String name, String role) {
    return client
        .configMaps()
        .inNamespace(namespace)
        .resource(map(namespace, name, role))
        .create()
        .getMetadata()
        .getResourceVersion();
  }

  private void relabel(String name, String role) {
    client.configMaps().inNamespace(one).resource(map(one, name, role)).update();
  }

  private static ConfigMap map(String namespace, String name, String role) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .withLabels(Map.of("role", role))
        .endMetadata()
        .build();
  }

  private static List<String> names(ReadList<ConfigMap> read) {
    return read.rows().stream().map(row -> row.namespace() + "/" + row.name()).toList();
  }
}
