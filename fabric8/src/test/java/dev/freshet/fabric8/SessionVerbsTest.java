package dev.freshet.fabric8;

import static dev.freshet.Consistency.readYourWrites;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.Consistency.Otherwise;
import dev.freshet.Query;
import dev.freshet.Read;
import dev.freshet.Route;
import dev.freshet.SessionReads;
import dev.freshet.Token;
import dev.freshet.error.ConnectionException;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.fault.Direction;
import dev.freshet.testkit.fault.FaultProxy;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every verb on a real API server, beside a cache that is held back: no session read misses it. */
@WithControlPlane
class SessionVerbsTest {

  private static final Duration SYNCED_WITHIN = Duration.ofSeconds(60);

  private final ControlPlane plane;
  private final KubernetesClient other;
  private final String namespace;
  private final CompletableFuture<HeldWatches> held = new CompletableFuture<>();
  private final Freshet freshet;
  private final FreshetSession session;
  private final SessionReads<Pod> pods;
  private final SessionReads<ConfigMap> configMaps;

  SessionVerbsTest(ControlPlane plane, KubernetesClient client, TestNamespace namespace) {
    this.plane = plane;
    this.other = client;
    this.namespace = namespace.name();
    this.freshet =
        Freshet.connect(
            options ->
                options
                    .config(plane.config(User.ADMIN))
                    .cache(Pod.class)
                    .cache(ConfigMap.class)
                    .cache(Deployment.class)
                    .transport(
                        server -> {
                          held.complete(new HeldWatches(server));
                          return held.join();
                        }));
    this.session = freshet.session();
    this.pods = session.reads(Pod.class).inNamespace(namespace.name());
    this.configMaps = session.reads(ConfigMap.class).inNamespace(namespace.name());
  }

  @BeforeEach
  void sync() {
    freshet.awaitSynced(SYNCED_WITHIN);
  }

  @AfterEach
  void close() {
    freshet.close();
  }

  private void hold() {
    held.join().hold();
  }

  private ConfigMap configMap(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .withData(Map.of("key", value))
        .build();
  }

  private Pod pod(String name) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .addToLabels("app", name)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage("registry.example/app:1.0")
        .endContainer()
        .endSpec()
        .build();
  }

  /** Creates it and lets cache and session have it, then holds the cache. */
  private void heldWith(ConfigMap before) {
    session.client().resource(before).create();
    awaitCached(configMaps, before.getMetadata().getName());
    hold();
  }

  private void heldWith(Pod before) {
    session.client().resource(before).create();
    awaitCached(pods, before.getMetadata().getName());
    hold();
  }

  private static void awaitCached(SessionReads<?> reads, String name) {
    Read<?> read = reads.get(name, readYourWrites().waitingAtMost(SYNCED_WITHIN));
    assertThat(read.isPresent()).isTrue();
    assertThat(read.provenance().route()).isEqualTo(Route.CACHED);
  }

  private String value(String name) {
    return configMaps.get(name).object().orElseThrow().getData().getOrDefault("key", "");
  }

  @Test
  void createIsSeenFromTheCacheThatIsNotHeldWithoutARequest() {
    // What the list did not have came by the watch: its request has been counted.
    other.resource(configMap("watched", "1")).create();
    awaitCached(configMaps, "watched");
    long before = requests();
    session.client().resource(configMap("live", "1")).create();
    awaitCached(configMaps, "live");
    assertThat(requests()).isEqualTo(before);
  }

  private long requests() {
    var spent = freshet.spent().get("default");
    return spent == null ? 0 : spent.requests();
  }

  @Test
  void createIsSeen() {
    hold();
    session.client().resource(configMap("new", "1")).create();
    assertThat(value("new")).isEqualTo("1");
  }

  @Test
  void createWithAGeneratedNameIsSeen() {
    hold();
    ConfigMap generated = configMap("x", "1");
    generated.getMetadata().setName(null);
    generated.getMetadata().setGenerateName("job-");
    String name = session.client().resource(generated).create().getMetadata().getName();
    assertThat(value(name)).isEqualTo("1");
  }

  @Test
  void updateIsSeen() {
    heldWith(configMap("a", "1"));
    session.client().resource(configMap("a", "2")).update();
    assertThat(value("a")).isEqualTo("2");
  }

  @Test
  void everyKindOfPatchIsSeen() {
    heldWith(configMap("a", "1"));
    var resource = session.client().configMaps().inNamespace(namespace).withName("a");
    for (PatchType type : new PatchType[] {PatchType.JSON_MERGE, PatchType.STRATEGIC_MERGE}) {
      resource.patch(PatchContext.of(type), "{\"data\":{\"key\":\"" + type + "\"}}");
      assertThat(value("a")).isEqualTo(type.toString());
    }
    resource.edit(map -> new ConfigMapBuilder(map).addToData("key", "edited").build());
    assertThat(value("a")).isEqualTo("edited");
  }

  @Test
  void serverSideApplyIsSeen() {
    heldWith(configMap("a", "1"));
    session.client().resource(configMap("b", "1")).serverSideApply();
    assertThat(value("b")).isEqualTo("1");
    session.client().resource(configMap("a", "2")).forceConflicts().serverSideApply();
    assertThat(value("a")).isEqualTo("2");
  }

  @Test
  void anUpdateThatChangesNothingCostsNoWaitAndNoAlarm() {
    heldWith(configMap("a", "1"));
    session.client().resource(configMap("a", "1")).update();
    Read<ConfigMap> read = configMaps.get("a");
    assertThat(read.provenance().route()).isEqualTo(Route.CACHED);
    assertThat(freshet.health()).allSatisfy(health -> assertThat(health.alarm()).isEmpty());
  }

  @Test
  void deleteIsSeen() {
    heldWith(configMap("a", "1"));
    session.client().configMaps().inNamespace(namespace).withName("a").delete();
    assertThat(configMaps.get("a").isPresent()).isFalse();
    assertThat(configMaps.list().rows()).noneMatch(row -> row.name().equals("a"));
  }

  @Test
  void deleteIsSeenFromTheCacheOnceItHasCome() {
    heldWith(configMap("a", "1"));
    session.client().configMaps().inNamespace(namespace).withName("a").delete();
    held.join().release();
    Read<ConfigMap> read = configMaps.get("a", readYourWrites().waitingAtMost(SYNCED_WITHIN));
    assertThat(read.isPresent()).isFalse();
    assertThat(read.provenance().route()).isEqualTo(Route.CACHED);
  }

  @Test
  void aDeletedPodIsSeenToGo() {
    heldWith(pod("p"));
    session.client().pods().inNamespace(namespace).withName("p").withGracePeriod(0).delete();
    assertThat(pods.get("p").isPresent()).isFalse();
  }

  @Test
  void deleteOfWhatHasAFinalizerIsSeenAsBeingDeleted() {
    ConfigMap kept = configMap("kept", "1");
    kept.getMetadata().getFinalizers().add("test.freshet.dev/keep");
    heldWith(kept);
    session.client().configMaps().inNamespace(namespace).withName("kept").delete();
    Read<ConfigMap> read = configMaps.get("kept");
    assertThat(read.object().orElseThrow().getMetadata().getDeletionTimestamp()).isNotNull();
    held.join().release();
    Read<ConfigMap> later = configMaps.get("kept", readYourWrites().waitingAtMost(SYNCED_WITHIN));
    assertThat(later.object().orElseThrow().getMetadata().getDeletionTimestamp()).isNotNull();
    other
        .configMaps()
        .inNamespace(namespace)
        .withName("kept")
        .edit(
            map -> new ConfigMapBuilder(map).editMetadata().withFinalizers().endMetadata().build());
  }

  @Test
  void deleteAndRecreateUnderTheSameNameShowsTheNewOne() {
    heldWith(configMap("a", "old"));
    session.client().configMaps().inNamespace(namespace).withName("a").delete();
    session.client().resource(configMap("a", "new")).create();
    assertThat(value("a")).isEqualTo("new");
    held.join().release();
    Read<ConfigMap> read = configMaps.get("a", readYourWrites().waitingAtMost(SYNCED_WITHIN));
    assertThat(read.object().orElseThrow().getData()).containsEntry("key", "new");
  }

  @Test
  void deletingACollectionIsSeen() {
    session.client().resource(configMap("a", "1")).create();
    session.client().resource(configMap("b", "1")).create();
    awaitCached(configMaps, "b");
    hold();
    session.client().raw("/api/v1/namespaces/" + namespace + "/configmaps", "DELETE", null);
    assertThat(configMaps.list().rows())
        .noneMatch(row -> row.name().equals("a") || row.name().equals("b"));
  }

  @Test
  void statusIsSeen() {
    heldWith(pod("p"));
    session
        .client()
        .pods()
        .inNamespace(namespace)
        .withName("p")
        .editStatus(
            pod -> new PodBuilder(pod).editOrNewStatus().withMessage("seen").endStatus().build());
    assertThat(pods.get("p").row().orElseThrow().get("status.message")).contains("seen");
  }

  @Test
  void scaleIsSeenInTheObjectItScales() {
    Deployment deployment =
        new DeploymentBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName("d")
            .endMetadata()
            .withNewSpec()
            .withReplicas(1)
            .withNewSelector()
            .addToMatchLabels("app", "d")
            .endSelector()
            .withNewTemplate()
            .withNewMetadata()
            .addToLabels("app", "d")
            .endMetadata()
            .withSpec(pod("x").getSpec())
            .endTemplate()
            .endSpec()
            .build();
    session.client().resource(deployment).create();
    var deployments = session.reads(Deployment.class).inNamespace(namespace);
    awaitCached(deployments, "d");
    hold();
    String scale = "/apis/apps/v1/namespaces/" + namespace + "/deployments/d/scale";
    String now = session.client().raw(scale);
    session.client().raw(scale, "PUT", now.replace("\"replicas\":1", "\"replicas\":7"));
    assertThat(deployments.get("d").object().orElseThrow().getSpec().getReplicas()).isEqualTo(7);
  }

  /** controller-runtime #3590: the eviction was reported as failed, and its retry hit the next. */
  @Test
  void aCommittedEvictionIsNeverAnErrorAndIsSeen() {
    heldWith(pod("p"));
    String evicted = pods.get("p").row().orElseThrow().uid();
    assertThat(session.client().pods().inNamespace(namespace).withName("p").evict()).isTrue();
    other.pods().inNamespace(namespace).withName("p").withGracePeriod(0).delete();
    Pod successor = other.resource(pod("p")).create();
    assertThat(pods.get("p").row().orElseThrow().uid())
        .isEqualTo(successor.getMetadata().getUid())
        .isNotEqualTo(evicted);
  }

  @Test
  void bindingIsSeenInThePod() {
    heldWith(pod("p"));
    session
        .client()
        .bindings()
        .inNamespace(namespace)
        .resource(
            new BindingBuilder()
                .withNewMetadata()
                .withName("p")
                .withNamespace(namespace)
                .endMetadata()
                .withNewTarget()
                .withApiVersion("v1")
                .withKind("Node")
                .withName("node-1")
                .endTarget()
                .build())
        .create();
    assertThat(pods.get("p").row().orElseThrow().get("spec.nodeName")).contains("node-1");
  }

  @Test
  void anEphemeralContainerIsSeen() {
    heldWith(pod("p"));
    session
        .client()
        .pods()
        .inNamespace(namespace)
        .withName("p")
        .ephemeralContainers()
        .edit(
            pod ->
                new PodBuilder(pod)
                    .editSpec()
                    .addNewEphemeralContainer()
                    .withName("debug")
                    .withImage("registry.example/debug:1.0")
                    .endEphemeralContainer()
                    .endSpec()
                    .build());
    assertThat(pods.get("p").object().orElseThrow().getSpec().getEphemeralContainers()).hasSize(1);
  }

  @Test
  void aDryRunRaisesNothing() {
    heldWith(configMap("a", "1"));
    session.client().resource(configMap("a", "2")).dryRun(true).update();
    session.client().configMaps().inNamespace(namespace).withName("a").dryRun(true).delete();
    Read<ConfigMap> read = configMaps.get("a");
    assertThat(read.provenance().route()).isEqualTo(Route.CACHED);
    assertThat(read.object().orElseThrow().getData()).containsEntry("key", "1");
  }

  @Test
  void afterAConflictTheNewerStateIsRead() {
    heldWith(configMap("a", "1"));
    ConfigMap stale = configMaps.get("a").object().orElseThrow();
    other.resource(configMap("a", "theirs")).update();
    stale.setData(Map.of("key", "mine"));
    assertThatThrownBy(() -> session.client().resource(stale).update())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    assertThat(value("a")).isEqualTo("theirs");
  }

  @Test
  void aGetThroughTheClientIsNotGoneBackBehind() {
    heldWith(configMap("a", "1"));
    other.resource(configMap("a", "2")).update();
    session.client().configMaps().inNamespace(namespace).withName("a").get();
    assertThat(value("a")).isEqualTo("2");
    other.configMaps().inNamespace(namespace).withName("a").delete();
    assertThat(session.client().configMaps().inNamespace(namespace).withName("a").get()).isNull();
    assertThat(configMaps.get("a").isPresent()).isFalse();
  }

  @Test
  void aListThroughTheClientIsNotGoneBackBehind() {
    heldWith(configMap("a", "1"));
    other.resource(configMap("b", "1")).create();
    session.client().configMaps().inNamespace(namespace).list();
    assertThat(value("b")).isEqualTo("1");
  }

  @Test
  void whatTheProgramSawElsewhereIsShown() {
    hold();
    session.saw(other.resource(configMap("theirs", "1")).create());
    assertThat(value("theirs")).isEqualTo("1");
  }

  @Test
  void aTokenTakesTheWritesToAnotherSession() {
    hold();
    session.client().resource(configMap("a", "1")).create();
    Token token = Token.parse(session.token().encode());
    FreshetSession next = freshet.session();
    next.saw(token);
    assertThat(next.reads(ConfigMap.class).get(namespace, "a").isPresent()).isTrue();
    assertThat(token.cluster()).startsWith("uid:");
    assertThat(
            freshet
                .reads(ConfigMap.class)
                .get(namespace, "a", dev.freshet.Consistency.atLeast(token))
                .isPresent())
        .isTrue();
  }

  @Test
  void closingASessionsClientLeavesTheOthersOpen() {
    session.client().resource(configMap("a", "1")).create();
    session.client().close();
    assertThatThrownBy(() -> session.client().resource(configMap("b", "1")).create())
        .isInstanceOf(KubernetesClientException.class);
    freshet.session().client().resource(configMap("b", "1")).create();
    freshet.client().configMaps().inNamespace(namespace).withName("b").get();
  }

  @Test
  void aWriteWhoseAnswerWasCutOffIsSeenAllTheSame() throws Exception {
    try (FaultProxy proxy = FaultProxy.inFrontOf(plane.config(User.ADMIN));
        Freshet shaky =
            Freshet.connect(
                options ->
                    options
                        .config(proxy.through(plane.config(User.ADMIN)))
                        .cache(ConfigMap.class))) {
      shaky.awaitSynced(SYNCED_WITHIN);
      FreshetSession own = shaky.session();
      own.client().resource(configMap("first", "1")).create();
      proxy.hold(Direction.TO_CLIENT);
      var create =
          CompletableFuture.supplyAsync(
              () -> own.client().resource(configMap("cut", "1")).create());
      Await.until(
          "the write is committed",
          () -> other.configMaps().inNamespace(namespace).withName("cut").get() != null);
      proxy.cutAll();
      proxy.resume();
      assertThatThrownBy(create::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(KubernetesClientException.class);
      var reads = own.reads(ConfigMap.class).inNamespace(namespace);
      Await.until(
          "a read is answered",
          () -> {
            try {
              assertThat(reads.get("cut").isPresent()).isTrue();
              return true;
            } catch (ConnectionException e) {
              return false;
            }
          });
    }
  }

  @Test
  void aHeldCacheThatIsNotToAskTheServerFails() {
    hold();
    session.client().resource(configMap("a", "1")).create();
    assertThatThrownBy(
            () ->
                configMaps.list(
                    Query.everything(),
                    readYourWrites().waitingAtMost(Duration.ofMillis(1)).otherwise(Otherwise.FAIL)))
        .isInstanceOf(dev.freshet.error.CacheBehindException.class);
  }
}
