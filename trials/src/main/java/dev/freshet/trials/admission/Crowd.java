package dev.freshet.trials.admission;

import dev.freshet.examples.rayworkerquota.RayWorkerQuota;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writers who create Pods in all groups at once, and delete some. Thread-safe. */
final class Crowd {
  /** Of so many acts of a writer one is a delete, once something is there. */
  private static final int DELETES_ONE_IN = 6;

  private static final int FORBIDDEN = 403;
  private static final int RETRIES = 2;

  private final KubernetesClient client;
  private final String namespace;
  private final int groups;
  private final Queue<Pod> made = new ConcurrentLinkedQueue<>();
  private final AtomicInteger tried = new AtomicInteger();
  private final AtomicLong admitted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong deleted = new AtomicLong();

  Crowd(KubernetesClient client, String namespace, int groups) {
    this.client = client;
    this.namespace = namespace;
    this.groups = groups;
  }

  /** What became of the creates. */
  record Tally(long creates, long admitted, long refused, long failed, long deleted) {}

  /**
   * Creates so many, and returns when all are done.
   *
   * @param told how many are done, from many threads
   */
  void create(int creates, int writers, long seed, IntConsumer told)
      throws InterruptedException, ExecutionException {
    List<Callable<@Nullable Void>> all =
        IntStream.range(0, writers)
            .<Callable<@Nullable Void>>mapToObj(
                writer ->
                    () -> {
                      write(creates, new SplittableRandom(seed + writer), told);
                      return null;
                    })
            .toList();
    try (var threads = Executors.newFixedThreadPool(writers)) {
      for (Future<@Nullable Void> one : threads.invokeAll(all)) {
        one.get();
      }
    }
  }

  private void write(int creates, SplittableRandom random, IntConsumer told) {
    for (int number = tried.incrementAndGet();
        number <= creates;
        number = tried.incrementAndGet()) {
      create(number, random);
      told.accept(number);
      if (random.nextInt(DELETES_ONE_IN) == 0) {
        delete();
      }
    }
  }

  private void create(int number, SplittableRandom random) {
    Pod pod = pod(group(random.nextInt(groups)), number, random.nextBoolean());
    boolean generated = pod.getMetadata().getGenerateName() != null;
    for (int attempt = 0; attempt <= (generated ? RETRIES : 0); attempt++) {
      try {
        made.add(client.resource(pod).create());
        admitted.incrementAndGet();
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() == FORBIDDEN) {
          refused.incrementAndGet();
          return;
        }
      }
    }
    failed.incrementAndGet();
  }

  private void delete() {
    Pod pod = made.poll();
    if (pod != null) {
      try {
        client.resource(pod).withGracePeriod(0).delete();
        deleted.incrementAndGet();
      } catch (KubernetesClientException stays) {
        // It is in the way of others; the history shows it.
      }
    }
  }

  static String group(int number) {
    return "group-" + number;
  }

  Pod pod(String group, int number, boolean generated) {
    var named =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .addToLabels(RayWorkerQuota.CLUSTER, group)
            .addToLabels("ray.io/node-type", "worker")
            .withName(generated ? null : "pod-" + number)
            .withGenerateName(generated ? "pod-" : null)
            .endMetadata();
    return named
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage("registry.example/worker:1")
        .endContainer()
        .endSpec()
        .build();
  }

  Tally tally() {
    return new Tally(
        Math.min(tried.get(), admitted.get() + refused.get() + failed.get()),
        admitted.get(),
        refused.get(),
        failed.get(),
        deleted.get());
  }
}
