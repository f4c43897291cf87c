package dev.freshet.examples.mixedreads;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** The Pods of a database of one shard, as anybody but the program sees and changes them. */
record Database(KubernetesClient client, String namespace) {
  private static final String SHARD = "a";

  void addStandbys(String... names) {
    for (String name : names) {
      client.resource(pod(name)).create();
    }
  }

  void makePrimary(String name) {
    client
        .pods()
        .inNamespace(namespace)
        .withName(name)
        .edit(
            pod ->
                new PodBuilder(pod)
                    .editMetadata()
                    .addToLabels(Shards.ROLE, Shards.PRIMARY)
                    .endMetadata()
                    .build());
  }

  List<String> primaries() {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel(Shards.ROLE, Shards.PRIMARY)
        .list()
        .getItems()
        .stream()
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  private Pod pod(String name) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .addToLabels(Shards.SHARD, SHARD)
        .addToLabels(Shards.ROLE, "standby")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("database")
        .withImage("registry.example/database:1")
        .endContainer()
        .endSpec()
        .build();
  }
}
