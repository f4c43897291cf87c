package dev.freshet.cli;

import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.workload.PodKey;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The Pod that the demo touches: none of those that are read or changed. */
final class Sentinels {

  private static final String NAME = "freshet-demo-sentinel";

  private Sentinels() {}

  /** Creates it in a namespace that is there. */
  static PodKey create(ControlPlane plane, String namespace) {
    try (KubernetesClient client = plane.client(User.TEST)) {
      client
          .pods()
          .inNamespace(namespace)
          .resource(
              new PodBuilder()
                  .withNewMetadata()
                  .withName(NAME)
                  .endMetadata()
                  .withNewSpec()
                  .addNewContainer()
                  .withName("none")
                  .withImage("registry.invalid/none:1")
                  .endContainer()
                  .endSpec()
                  .build())
          .create();
    }
    return new PodKey(namespace, NAME);
  }
}
