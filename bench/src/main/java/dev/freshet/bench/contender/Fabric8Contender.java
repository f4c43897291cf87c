package dev.freshet.bench.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** fabric8's informer of all Pods, as it ships: JSON, managedFields kept, Vert.x. */
final class Fabric8Contender implements Contender {
  /** Its 10 s are too few for 64 readers that list at once. */
  private static final Duration REQUEST_WITHIN = Duration.ofMinutes(2);

  private final Path kubeconfig;
  private @Nullable KubernetesClient client;
  private @Nullable SharedIndexInformer<Pod> informer;

  Fabric8Contender(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
  }

  @Override
  public void fill() {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    config.setRequestTimeout((int) REQUEST_WITHIN.toMillis());
    KubernetesClient opened = new KubernetesClientBuilder().withConfig(config).build();
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
  public List<Way<String>> lists() {
    return List.of(
        new Way<>("keys", filtered(Fabric8Contender::lengthOfKey)),
        new Way<>("field", filtered(pod -> pod.getStatus().getPodIP().length())),
        new Way<>("objects", filtered(Fabric8Contender::containers)),
        new Way<>("copies", filtered(pod -> containers(copy(pod)))));
  }

  private static long lengthOfKey(Pod pod) {
    return (long) pod.getMetadata().getNamespace().length() + pod.getMetadata().getName().length();
  }

  private static int containers(Pod pod) {
    return pod.getSpec().getContainers().size();
  }

  private static Pod copy(Pod pod) {
    return new PodBuilder(pod).build();
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
  public List<Way<Held>> gets() {
    SharedIndexInformer<Pod> pods = pods();
    return List.of(
        new Way<>("versions", pod -> stored(pods, pod).getMetadata().getResourceVersion().length()),
        new Way<>("objects", pod -> containers(stored(pods, pod))));
  }

  private static Pod stored(SharedIndexInformer<Pod> pods, Held pod) {
    return pods.getStore().getByKey(Cache.namespaceKeyFunc(pod.namespace(), pod.name()));
  }

  @Override
  public List<Way<Held>> objects() {
    SharedIndexInformer<Pod> pods = pods();
    Map<Held, Pod> stored =
        held().stream()
            .limit(GETS)
            .collect(Collectors.toMap(held -> held, held -> stored(pods, held)));
    return List.of(
        new Way<>("decoded", decoding(stored)),
        new Way<>("decoded, less managedFields", decoding(withoutManagedFields(stored))),
        new Way<>("copied", held -> containers(copy(Objects.requireNonNull(stored.get(held))))));
  }

  /** From JSON, as the server sends it. */
  private ToLongFunction<Held> decoding(Map<Held, Pod> pods) {
    KubernetesSerialization json = Objects.requireNonNull(client).getKubernetesSerialization();
    Map<Held, byte[]> answers = new HashMap<>();
    pods.forEach((held, pod) -> answers.put(held, json.asJson(pod).getBytes(UTF_8)));
    return held -> {
      byte[] answer = Objects.requireNonNull(answers.get(held));
      return containers(json.unmarshal(new ByteArrayInputStream(answer), Pod.class));
    };
  }

  private static Map<Held, Pod> withoutManagedFields(Map<Held, Pod> pods) {
    Map<Held, Pod> less = new HashMap<>();
    pods.forEach(
        (held, pod) ->
            less.put(
                held,
                new PodBuilder(pod).editMetadata().withManagedFields().endMetadata().build()));
    return less;
  }

  @Override
  public List<Way<String>> directs() {
    return List.of(new Way<>("whole", listed(Fabric8Contender::containers)));
  }

  @Override
  public List<Way<String>> crowds() {
    return List.of(new Way<>("direct", listed(Fabric8Contender::lengthOfKey)));
  }

  private ToLongFunction<String> listed(ToLongFunction<Pod> see) {
    KubernetesClient open = Objects.requireNonNull(client);
    return label ->
        open.pods().inAnyNamespace().withLabel(label, MARKED).list().getItems().stream()
            .mapToLong(see)
            .sum();
  }

  @Override
  public void follow(Consumer<String> version) {
    pods()
        .addEventHandler(
            new ResourceEventHandler<>() {
              @Override
              public void onAdd(Pod pod) {}

              @Override
              public void onUpdate(Pod before, Pod now) {
                version.accept(now.getMetadata().getResourceVersion());
              }

              @Override
              public void onDelete(Pod pod, boolean finalStateUnknown) {}
            });
  }
}
