package dev.freshet.trials.fences;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Writes of another kind, at a steady rate, until closed: etcd's head moves, Pods do not. */
final class Elsewhere implements AutoCloseable {
  private final KubernetesClient client;
  private final String namespace;
  private final long intervalNanos;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicLong written = new AtomicLong();
  private final Thread thread = Thread.ofPlatform().name("elsewhere").unstarted(this::run);

  private Elsewhere(KubernetesClient client, String namespace, int perSecond) {
    this.client = client;
    this.namespace = namespace;
    this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  static Elsewhere start(KubernetesClient client, String namespace, int perSecond) {
    var elsewhere = new Elsewhere(client, namespace, perSecond);
    elsewhere.thread.start();
    return elsewhere;
  }

  private void run() {
    try {
      while (!closed.await(intervalNanos, TimeUnit.NANOSECONDS)) {
        write();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    client
        .configMaps()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("elsewhere")
                .endMetadata()
                .addToData("written", Long.toString(written.incrementAndGet()))
                .build())
        .serverSideApply();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
