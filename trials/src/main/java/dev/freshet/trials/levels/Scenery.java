package dev.freshet.trials.levels;

import dev.freshet.testkit.workload.Workload;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/** What stands beside the Pods of the workload, by its names. */
final class Scenery {
  /** Where everything of it is. */
  static final String NAMESPACE = "levels";

  /** Pods that all clients write, each on the condition that it is as they saw it. */
  static final int SHARED_PODS = 8;

  /** The objects of the quiet kind. */
  static final int CONFIG_MAPS = 20;

  /** The label by which clients know their own Pods, and its value. */
  static final String CLIENT_LABEL = "freshet.dev/levels";

  private Scenery() {}

  /** The object of either kind that the caches of a process touch. */
  static String sentinel(int process) {
    return "touched-by-" + process;
  }

  static String shared(int number) {
    return "shared-" + number;
  }

  static String quiet(int number) {
    return "quiet-" + number;
  }

  /** Creates all of it. */
  static void create(KubernetesClient client, int processes) {
    var namespace =
        new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build();
    client.namespaces().resource(namespace).create();
    for (int i = 0; i < processes; i++) {
      create(client, pod(NAMESPACE, sentinel(i), "first", "sentinel"));
      configMap(client, sentinel(i));
    }
    for (int i = 0; i < SHARED_PODS; i++) {
      create(client, pod(NAMESPACE, shared(i), "first", "shared"));
    }
    for (int i = 0; i < CONFIG_MAPS; i++) {
      configMap(client, quiet(i));
    }
  }

  private static void create(KubernetesClient client, Pod pod) {
    client.pods().inNamespace(NAMESPACE).resource(pod).create();
  }

  private static void configMap(KubernetesClient client, String name) {
    var map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace(NAMESPACE)
            .withName(name)
            .withAnnotations(Map.of(Workload.TAG, "first"))
            .endMetadata()
            .withData(Map.of("state", "quiet"))
            .build();
    client.configMaps().inNamespace(NAMESPACE).resource(map).create();
  }

  /** A small Pod that no kubelet will take up. */
  static Pod pod(String namespace, String name, String tag, String role) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .withLabels(Map.of(CLIENT_LABEL, role))
        .withAnnotations(Map.of(Workload.TAG, tag))
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage("example.com/main:1")
        .endContainer()
        .endSpec()
        .build();
  }
}
