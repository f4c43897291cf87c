package dev.freshet.testkit.workload;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes of another kind than Pods, at a steady rate, until closed: etcd's head moves, Pods do not,
 * so that no cache of Pods is current by chance.
 */
public final class Elsewhere implements AutoCloseable {
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

  /**
   * Begins to write a ConfigMap, in the background.
   *
   * @param client whose user may create and patch ConfigMaps; not closed here
   * @param namespace where it is left behind
   * @param perSecond at most; one write at a time
   */
  public static Elsewhere start(KubernetesClient client, String namespace, int perSecond) {
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

  /** Ends after the write that is under way. */
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
