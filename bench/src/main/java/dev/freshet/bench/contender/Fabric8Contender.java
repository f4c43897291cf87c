package dev.freshet.bench.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** fabric8's informer of all Pods, as it ships: JSON, managedFields kept, Vert.x. */
final class Fabric8Contender implements Contender {
  private final Path kubeconfig;
  private @Nullable KubernetesClient client;
  private @Nullable SharedIndexInformer<Pod> informer;

  Fabric8Contender(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
  }

  @Override
  public void fill() {
    KubernetesClient opened =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
            .build();
    client = opened;
    // Returns when the first list is in the store.
    informer = opened.pods().inAnyNamespace().inform();
  }

  @Override
  public void letGo() {
    Objects.requireNonNull(informer).stop();
    informer = null;
    Objects.requireNonNull(client).close();
    client = null;
  }

  private SharedIndexInformer<Pod> pods() {
    return Objects.requireNonNull(informer);
  }

  @Override
  public Collection<Held> held() {
    return pods().getStore().list().stream()
        .map(
            pod ->
                new Held(
                    pod.getMetadata().getNamespace(),
                    pod.getMetadata().getName(),
                    pod.getMetadata().getResourceVersion()))
        .toList();
  }

  @Override
  public Map<String, ToLongFunction<String>> lists() {
    return Map.of(
        "keys",
            filtered(
                pod ->
                    pod.getMetadata().getNamespace().length()
                        + pod.getMetadata().getName().length()),
        "field", filtered(pod -> pod.getStatus().getPodIP().length()),
        "objects", filtered(pod -> pod.getSpec().getContainers().size()),
        "copies", filtered(pod -> new PodBuilder(pod).build().getSpec().getContainers().size()));
  }

  private ToLongFunction<String> filtered(ToLongFunction<Pod> see) {
    SharedIndexInformer<Pod> pods = pods();
    return label -> {
      long sum = 0;
      for (Pod pod : pods.getStore().list()) {
        if (MARKED.equals(pod.getMetadata().getLabels().get(label))) {
          sum += see.applyAsLong(pod);
        }
      }
      return sum;
    };
  }

  @Override
  public Map<String, ToLongFunction<Held>> gets() {
    SharedIndexInformer<Pod> pods = pods();
    return Map.of(
        "versions",
            key ->
                pods.getStore()
                    .getByKey(Cache.namespaceKeyFunc(key.namespace(), key.name()))
                    .getMetadata()
                    .getResourceVersion()
                    .length(),
        "objects",
            key ->
                pods.getStore()
                    .getByKey(Cache.namespaceKeyFunc(key.namespace(), key.name()))
                    .getSpec()
                    .getContainers()
                    .size(),
        "decoded from JSON", decoding());
  }

  /** What fabric8 takes to make an object of what the server sends: managedFields and all. */
  private ToLongFunction<Held> decoding() {
    KubernetesSerialization json = Objects.requireNonNull(client).getKubernetesSerialization();
    Map<String, byte[]> answers =
        held().stream()
            .limit(GETS)
            .map(Fabric8Contender::keyOf)
            .collect(
                Collectors.toMap(
                    key -> key,
                    key -> json.asJson(pods().getStore().getByKey(key)).getBytes(UTF_8)));
    return held -> {
      byte[] answer = Objects.requireNonNull(answers.get(keyOf(held)));
      Pod pod = json.unmarshal(new ByteArrayInputStream(answer), Pod.class);
      return pod.getSpec().getContainers().size();
    };
  }

  private static String keyOf(Held held) {
    return Cache.namespaceKeyFunc(held.namespace(), held.name());
  }

  @Override
  public Map<String, ToLongFunction<String>> directs() {
    KubernetesClient open = Objects.requireNonNull(client);
    return Map.of(
        "whole",
        label -> open.pods().inAnyNamespace().withLabel(label, MARKED).list().getItems().size());
  }
}
