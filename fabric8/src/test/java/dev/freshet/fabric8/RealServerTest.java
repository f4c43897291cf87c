package dev.freshet.fabric8;

import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.strong;
import static dev.freshet.Query.label;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.CacheDeclaration;
import dev.freshet.Fence;
import dev.freshet.Query;
import dev.freshet.Read;
import dev.freshet.ReadList;
import dev.freshet.Reads;
import dev.freshet.Route;
import dev.freshet.Row;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@WithControlPlane
class RealServerTest {

  private static final Duration SYNCED_WITHIN = Duration.ofSeconds(60);

  private final ControlPlane plane;
  private final KubernetesClient client;
  private final String namespace;

  RealServerTest(ControlPlane plane, KubernetesClient client, TestNamespace namespace) {
    this.plane = plane;
    this.client = client;
    this.namespace = namespace.name();
  }

  @Test
  void aStrongListFromTheServerSeesEveryWriteThatWasAcknowledgedBefore() {
    try (Freshet freshet = connect()) {
      // What is cheapest is measured, and so differs from machine to machine.
      Reads<Pod> pods = freshet.reads(Pod.class).inNamespace(namespace).fence(Fence.DIRECT);
      for (int i = 0; i < 20; i++) {
        create("strong-" + i, "worker");
        ReadList<Pod> read = pods.list(label("role", "worker"), strong());
        assertThat(read).hasSize(i + 1);
        assertThat(read.provenance().route()).isEqualTo(Route.DIRECT);
      }
    }
  }

  @Test
  void aCachedListEqualsAStrongOneOnceTheCacheHasComeThatFar() {
    try (Freshet freshet = connect()) {
      for (int i = 0; i < 30; i++) {
        create("pod-" + i, i % 3 == 0 ? "worker" : "head");
      }
      client.pods().inNamespace(namespace).withName("pod-3").withGracePeriod(0).delete();
      Reads<Pod> pods = freshet.reads(Pod.class).inNamespace(namespace);
      List<Pod> wanted = List.copyOf(pods.list(label("role", "worker"), strong()));
      assertThat(wanted).hasSize(9);
      Await.until(
          "the cache has all workers",
          () -> pods.list(label("role", "worker"), cached()).equals(wanted));
      assertThat(wanted.getFirst().getMetadata().getManagedFields()).isEmpty();
    }
  }

  @Test
  void aHeldWatchMakesTheCacheStaleAndItsProvenanceNeverClaimsToBeFresh() {
    CompletableFuture<HeldWatches> held = new CompletableFuture<>();
    try (Freshet freshet =
        Freshet.connect(
            options ->
                options
                    .config(plane.config(User.TEST))
                    .cache(Pod.class)
                    .transport(
                        server -> {
                          held.complete(new HeldWatches(server));
                          return held.join();
                        }))) {
      freshet.awaitSynced(SYNCED_WITHIN);
      held.join().hold();
      Pod created = create("late", "worker");
      long acknowledgedNanos = System.nanoTime();
      Reads<Pod> pods = freshet.reads(Pod.class).inNamespace(namespace);
      ReadList<Pod> strong = pods.list(strong());
      assertThat(strong.rows()).extracting(Row::name).contains("late");

      Read<Pod> stale = pods.get("late", cached());
      assertThat(stale.isPresent()).isFalse();
      Duration missedFor = Duration.ofNanos(System.nanoTime() - acknowledgedNanos);
      assertThat(stale.provenance().behindAtMost().orElseThrow()).isGreaterThan(missedFor);
      assertThat(stale.provenance().asOf())
          .isLessThan(version(created.getMetadata().getResourceVersion()));

      held.join().release();
      Await.until("the cache has caught up", () -> pods.get("late", cached()).isPresent());
    }
  }

  @Test
  void oneFieldIsReadWithoutDecodingAndAgreesWithTheObject() {
    create("field", "worker");
    try (Freshet freshet = connect()) {
      Row<Pod> row = freshet.reads(Pod.class).get(namespace, "field", strong()).row().orElseThrow();
      assertThat(row.get("spec.containers[0].image"))
          .contains(row.object().getSpec().getContainers().getFirst().getImage());
      assertThat(row.get("spec.nodeName")).contains("node-1");
      assertThat(row.get("spec.absent")).isEmpty();
      assertThat(row.uid()).isEqualTo(row.object().getMetadata().getUid());
    }
  }

  @Test
  void aFieldSelectorGivesTheSameFromCacheAndServer() {
    create("on-node", "worker");
    try (Freshet freshet = connect()) {
      Reads<Pod> pods = freshet.reads(Pod.class).inNamespace(namespace);
      for (String fields :
          List.of(
              "spec.nodeName=node-1",
              "spec.nodeName!=node-1",
              "status.phase=Pending,spec.restartPolicy=Always",
              "status.nominatedNodeName=",
              "spec.schedulerName=default-scheduler",
              "metadata.name=on-node",
              "metadata.namespace!=" + namespace)) {
        Query query = Query.fields(fields);
        List<Pod> wanted = List.copyOf(pods.list(query, strong()));
        Await.until(fields, () -> pods.list(query, cached()).equals(wanted));
      }
    }
  }

  @Test
  void readsBuiltInKindsByClassWithoutACache() {
    client
        .resource(
            new NodeBuilder().withNewMetadata().withName("n-" + namespace).endMetadata().build())
        .create();
    try (Freshet freshet = connect()) {
      assertThat(freshet.reads(Node.class).get("n-" + namespace, strong()).isPresent()).isTrue();
      assertThat(freshet.reads(ConfigMap.class).inNamespace(namespace).list(strong())).isEmpty();
      assertThat(freshet.reads(Deployment.class).list(strong()).resourceVersion().isComparable())
          .isTrue();
    } finally {
      client.nodes().withName("n-" + namespace).delete();
    }
  }

  @Test
  void readsABuiltInKindAsGenericObjectsThatKnowTheirKind() {
    create("generic", "worker");
    try (Freshet freshet = connect()) {
      ResourceType pods = freshet.kinds().find("po").type();
      var read = freshet.reads(pods).get(namespace, "generic", strong()).object().orElseThrow();
      assertThat(read.getKind()).isEqualTo("Pod");
      assertThat(read.getApiVersion()).isEqualTo("v1");
      assertThat(read.<String>get("spec", "nodeName")).isEqualTo("node-1");
    }
  }

  @Test
  void aCacheOfMetadataOnlyHoldsRowsAndRefusesTheRestByName() {
    Pod created = create("slim", "worker");
    CacheDeclaration metadata = CacheDeclaration.of(Fabric8Model.typeOf(Pod.class)).ofMetadata();
    try (Freshet freshet =
        Freshet.connect(options -> options.config(plane.config(User.TEST)).cache(metadata))) {
      freshet.awaitSynced(SYNCED_WITHIN);
      Reads<Pod> pods = freshet.reads(Pod.class).inNamespace(namespace);
      Row<Pod> row = pods.list(label("role", "worker"), cached()).rows().getFirst();
      assertThat(row.uid()).isEqualTo(created.getMetadata().getUid());
      assertThat(row.get("metadata.name")).contains("slim");
      assertThatThrownBy(() -> row.get("spec.nodeName"))
          .isInstanceOf(UnsupportedReadException.class)
          .hasMessageContaining("metadata only");
      assertThatThrownBy(row::object).isInstanceOf(UnsupportedReadException.class);
      assertThatThrownBy(() -> pods.list(Query.field("spec.nodeName", "node-1"), cached()))
          .isInstanceOf(UnsupportedReadException.class);
      client
          .pods()
          .inNamespace(namespace)
          .withName("slim")
          .edit(
              pod ->
                  new PodBuilder(pod)
                      .editMetadata()
                      .addToLabels("new", "yes")
                      .endMetadata()
                      .build());
      Await.until("the label", () -> !pods.list(label("new", "yes"), cached()).rows().isEmpty());
    }
  }

  @Test
  void knowsTheServersVersionAndChargesRequestsToTheirCaller() {
    try (Freshet freshet = connect()) {
      assertThat(freshet.serverVersion()).isEqualTo("v1.37.2");
      freshet.reads(Pod.class).as("quota").list(strong());
      freshet.reads(Pod.class).as("quota").list(cached());
      assertThat(freshet.spent())
          .hasEntrySatisfying("quota", spent -> assertThat(spent.requests()).isEqualTo(1));
    }
  }

  private Freshet connect() {
    Freshet freshet =
        Freshet.connect(
            options -> options.config(plane.config(User.TEST)).cache(Pod.class).caller("test"));
    freshet.awaitSynced(SYNCED_WITHIN);
    return freshet;
  }

  private Pod create(String name, String role) {
    return client
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels("role", role)
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-1")
                .addNewContainer()
                .withName("main")
                .withImage("registry.example/app:1.0")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  private static ResourceVersion version(String text) {
    return new ResourceVersion(text);
  }
}
