package dev.freshet.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import dev.freshet.testkit.process.Poll;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@WithControlPlane
@Timeout(120)
class FaultProxyBeforeAnApiServerTest {
  private static final int SHORT_MILLIS = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KubernetesClient direct;
  private final String namespace;
  private final Config config;
  private final FaultProxy proxy;

  FaultProxyBeforeAnApiServerTest(
      ControlPlane plane, KubernetesClient client, TestNamespace namespace) {
    this.direct = client;
    this.namespace = namespace.name();
    this.proxy = FaultProxy.inFrontOf(plane.config(User.TEST));
    this.config = proxy.through(plane.config(User.TEST));
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  @Test
  void tlsAndTheUsersCertificatePassFromEndToEnd() {
    try (KubernetesClient client = client(config)) {
      create(client, "through");
    }
    assertThat(direct.configMaps().inNamespace(namespace).withName("through").get()).isNotNull();
    assertThat(proxy.counters().bytesToServer()).isPositive();
  }

  @Test
  void aHeldServerTimesOutItsClientAndAnswersAfterwards() {
    Config impatient = new ConfigBuilder(config).withRequestTimeout(SHORT_MILLIS).build();
    try (KubernetesClient client = client(impatient)) {
      create(client, "before");
      proxy.hold(Direction.TO_CLIENT);
      assertThatThrownBy(() -> create(client, "during"))
          .isInstanceOf(KubernetesClientException.class);
      proxy.resume();
      // The request had passed: only its answer was held.
      assertThat(client.configMaps().inNamespace(namespace).withName("during").get()).isNotNull();
    }
  }

  @Test
  void aRequestInFlightFailsWhenItsConnectionIsCut() {
    try (KubernetesClient client = client(config)) {
      create(client, "before");
      proxy.hold(Direction.TO_CLIENT);
      long before = proxy.counters().bytesToServer();
      var during = CompletableFuture.supplyAsync(() -> create(client, "during"));
      assertThat(
              Poll.until("the request", PATIENCE, () -> proxy.counters().bytesToServer() > before))
          .isTrue();
      assertThat(proxy.cutAll()).isEqualTo(1);
      assertThat(during).failsWithin(PATIENCE);
      proxy.resume();
      assertThat(create(client, "after")).isNotNull();
    }
  }

  @Test
  void aClientThatTriesAgainGetsThroughWhileConnectionsBreakAtAnyByte() {
    proxy.cutAfter(new Random(3), 60_000);
    int failures = 0;
    int made = 0;
    while (made < 100) {
      try (KubernetesClient client = client(config)) {
        for (; made < 100; made++) {
          create(client, "n-" + made);
        }
      } catch (KubernetesClientException broken) {
        failures++;
        made += broken.getCode() == 409 ? 1 : 0;
      }
    }
    proxy.resume();
    assertThat(failures).isPositive();
    assertThat(proxy.counters().cut()).isPositive();
    assertThat(direct.configMaps().inNamespace(namespace).list().getItems()).hasSize(100);
  }

  private static KubernetesClient client(Config config) {
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private ConfigMap create(KubernetesClient client, String name) {
    ConfigMap map = new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().build();
    return client.configMaps().inNamespace(namespace).resource(map).create();
  }
}
