package dev.freshet.fabric8.defects;

import static dev.freshet.Consistency.cached;
import static dev.freshet.fabric8.defects.Pods.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.CacheDeclaration;
import dev.freshet.CacheHealth;
import dev.freshet.Reads;
import dev.freshet.fabric8.Freshet;
import dev.freshet.object.ResourceType;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.fault.Break;
import dev.freshet.testkit.fault.Disturbance;
import dev.freshet.testkit.fault.Fault;
import dev.freshet.testkit.fault.FaultProxy;
import dev.freshet.testkit.fault.Request;
import dev.freshet.testkit.fault.RequestProxy;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same defects where only a real API server shows them: streamed lists, protobuf, gzip. */
@WithControlPlane
@Timeout(180)
class RealServerDefectsTest {
  private static final ResourceType MAPS =
      new ResourceType("", "v1", "configmaps", "ConfigMap", true);

  private final ControlPlane plane;
  private final KubernetesClient client;
  private final String namespace;

  RealServerDefectsTest(ControlPlane plane, KubernetesClient client, TestNamespace namespace) {
    this.plane = plane;
    this.client = client;
    this.namespace = namespace.name();
  }

  // fabric8 8.0.0 with watchList.
  @Test
  void whatIsDeletedWhileTheConnectionIsGoneIsGone() {
    create("kept", "");
    create("deleted", "");
    Config config = plane.config(User.TEST);
    try (var proxy = FaultProxy.inFrontOf(config);
        Freshet freshet = connect(proxy.through(config))) {
      Reads<ConfigMap> maps = freshet.reads(ConfigMap.class).inNamespace(namespace);
      assertThat(maps.list(cached())).hasSize(2);
      proxy.refuse();
      proxy.cutAll();
      await("the cache notices", () -> state(freshet) == CacheHealth.State.RETRYING);
      client.configMaps().inNamespace(namespace).withName("deleted").delete();
      proxy.accept();
      await("it is gone", () -> maps.list(cached()).size() == 1);
      assertThat(maps.get("kept", cached()).isPresent()).isTrue();
    }
  }

  // fabric8 8.0.0, client-go: what a broken frame costs. Each place of a frame is tried.
  @Test
  void aWatchThatBreaksOffAfterAnyByteLosesNothing() {
    try (var proxy = RequestProxy.inFrontOf(plane.config(User.TEST));
        Freshet freshet = connect(proxy.config())) {
      Reads<ConfigMap> maps = freshet.reads(ConfigMap.class).inNamespace(namespace);
      for (int bytes = 1; bytes < 400; bytes += 37) {
        Disturbance broken =
            proxy.disturbNext(Request::isWatch, new Fault.CutAnswer(bytes, Break.STREAM));
        proxy.cutAll();
        await("another watch", () -> broken.met() == 1);
        String name = "map-" + bytes;
        create(name, "ä€\uD83D\uDE80".repeat(bytes % 5));
        await(name, () -> maps.get(name, cached()).isPresent());
        ConfigMap held = maps.get(name, cached()).object().orElseThrow();
        assertThat(held.getData()).isEqualTo(get(name).getData());
      }
    }
  }

  // fabric8 8.0.0: text outside ASCII; here in protobuf, as the server sends it.
  @Test
  void textOfAnyScriptEqualsWhatTheServerHas() {
    try (Freshet freshet = connect(plane.config(User.TEST))) {
      Reads<ConfigMap> maps = freshet.reads(ConfigMap.class).inNamespace(namespace);
      create("wide", "Grüße, 漢字, \uD83D\uDE80, ﷽ and e\u0301");
      await("it is there", () -> maps.get("wide", cached()).isPresent());
      assertThat(maps.get("wide", cached()).object().orElseThrow().getData())
          .isEqualTo(get("wide").getData());
    }
  }

  private Freshet connect(Config config) {
    CacheDeclaration maps = CacheDeclaration.of(MAPS).inNamespace(namespace);
    Freshet freshet = Freshet.connect(options -> options.config(config).cache(maps));
    freshet.awaitSynced(Pods.PATIENCE);
    return freshet;
  }

  private static CacheHealth.State state(Freshet freshet) {
    return freshet.health().getFirst().state();
  }

  private void create(String name, String text) {
    client
        .configMaps()
        .inNamespace(namespace)
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withData(Map.of("text", text))
                .build())
        .create();
  }

  private ConfigMap get(String name) {
    return client.configMaps().inNamespace(namespace).withName(name).get();
  }
}
