package dev.freshet.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.Rule;
import dev.freshet.testkit.controlplane.User;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;

@WithControlPlane
class WithControlPlaneTest {
  private final KubernetesClient client;

  WithControlPlaneTest(KubernetesClient client) {
    this.client = client;
  }

  @Test
  void theServerIsOfTheVersionThatWasBuilt() {
    assertThat(client.getKubernetesVersion().getGitVersion()).isEqualTo("v1.37.2");
  }

  @Test
  void theTestUserMayNotReadWhatWasNotGranted() {
    assertThatThrownBy(() -> client.secrets().inNamespace("default").list())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));
  }

  @Test
  void aGrantHoldsAsSoonAsItReturns(ControlPlane plane) {
    User reader = plane.grant(User.named("secret-reader"), Rule.read("", "secrets"));

    assertThat(plane.client(reader).secrets().inNamespace("default").list().getItems()).isEmpty();
  }

  @Test
  void aKubeconfigFileLeadsToTheSameServer(ControlPlane plane) {
    Config config = Config.fromKubeconfig(plane.kubeconfig(User.TEST).toFile());

    try (var other = new KubernetesClientBuilder().withConfig(config).build()) {
      assertThat(other.namespaces().withName("default").get()).isNotNull();
    }
  }

  @Test
  void aTestWritesIntoANamespaceOfItsOwn(TestNamespace namespace) {
    var map = new ConfigMapBuilder().withNewMetadata().withName("a").endMetadata().build();

    client.configMaps().inNamespace(namespace.name()).resource(map).create();

    assertThat(client.configMaps().inNamespace(namespace.name()).list().getItems()).hasSize(1);
  }
}
