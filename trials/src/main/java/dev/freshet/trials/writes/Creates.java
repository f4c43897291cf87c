package dev.freshet.trials.writes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Creates ConfigMaps with generated names, each once and each with a tag of its own, by {@value
 * #WRITERS} writers at once. The generated name is what makes a repeated create harmful: the server
 * cannot tell it from a second one.
 */
final class Creates {
  /** The label whose value is unique to each create. */
  static final String TAG = "freshet.dev/create";

  static final String NAMESPACE = "default";

  private static final int WRITERS = 8;
  private static final int CLIENT_ERRORS = 4;

  private final KubernetesClient client;
  private final int count;
  private final IntConsumer progress;
  private final AtomicInteger next = new AtomicInteger();
  private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();

  private Creates(KubernetesClient client, int count, IntConsumer progress) {
    this.client = client;
    this.count = count;
    this.progress = progress;
  }

  /**
   * Runs them all.
   *
   * @param progress told how many are done, now and then
   * @return what the client said of each, by tag
   */
  static Map<String, Outcome> run(KubernetesClient client, int count, IntConsumer progress)
      throws InterruptedException {
    var creates = new Creates(client, count, progress);
    try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> working = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        working.add(writers.submit(creates::work));
      }
      for (Future<?> writer : working) {
        writer.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("A create threw what no client may throw.", e.getCause());
    }
    return Map.copyOf(creates.outcomes);
  }

  private void work() {
    for (int index = next.getAndIncrement(); index < count; index = next.getAndIncrement()) {
      String tag = "create-" + index;
      outcomes.put(tag, create(tag));
      progress.accept(outcomes.size());
    }
  }

  private Outcome create(String tag) {
    ConfigMap wanted =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace(NAMESPACE)
            .withGenerateName("made-")
            .addToLabels(TAG, tag)
            .endMetadata()
            .build();
    try {
      ConfigMap created = client.configMaps().inNamespace(NAMESPACE).resource(wanted).create();
      return new Outcome.Committed(created.getMetadata().getName());
    } catch (KubernetesClientException e) {
      String why = e.getCode() + " " + e.getMessage();
      return e.getCode() / 100 == CLIENT_ERRORS
          ? new Outcome.Refused(why)
          : new Outcome.Unknown(why);
    }
  }
}
