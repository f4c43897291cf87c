package dev.freshet.testkit.junit;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * A namespace that one test has for itself, under a name that the server made unique.
 *
 * <p>After the test its Pods and ConfigMaps are deleted. The empty namespace stays: without a
 * namespace controller its deletion would never end.
 */
public final class TestNamespace implements AutoCloseable {
  private static final String NAME_PREFIX = "test-";

  private final KubernetesClient client;
  private final String name;

  private TestNamespace(KubernetesClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /** Creates one with the rights of {@code client}. */
  public static TestNamespace create(KubernetesClient client) {
    Namespace wanted =
        new NamespaceBuilder()
            .withNewMetadata()
            .withGenerateName(NAME_PREFIX)
            .endMetadata()
            .build();
    Namespace created = client.resource(wanted).create();
    return new TestNamespace(client, created.getMetadata().getName());
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Deletes the Pods (with a grace period of 0) and ConfigMaps in it. */
  @Override
  public void close() {
    client.pods().inNamespace(name).withGracePeriod(0).delete();
    client.configMaps().inNamespace(name).delete();
  }
}
