package dev.freshet.trials.admission;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Valid reviews at a steady rate, whatever else happens: dry runs of creates through the API
 * server, which the webhook is asked about and nobody stores. Runs until closed. Thread-safe.
 */
final class Traffic implements AutoCloseable {
  /** Fewer than the streams that one HTTP/2 connection has; with more it waits for answers. */
  private static final int MOST_AT_ONCE = 90;

  private static final int MAX_FAILURES = 20;
  private static final long NANOS_A_SECOND = 1_000_000_000;

  private final KubernetesClient client;
  private final Pod pod;
  private final Semaphore atOnce = new Semaphore(MOST_AT_ONCE);
  private final AtomicLong answered = new AtomicLong();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final long startNanos = System.nanoTime();
  private volatile boolean closed;

  private Traffic(KubernetesClient client, Pod pod) {
    this.client = client;
    this.pod = pod;
  }

  /** Creates this Pod so often in each second, each time as if it were the first. */
  static Traffic start(KubernetesClient client, Pod pod, int perSecond) {
    var traffic = new Traffic(client, pod);
    Thread.ofVirtual().name("traffic").start(() -> traffic.run(NANOS_A_SECOND / perSecond));
    return traffic;
  }

  private void run(long intervalNanos) {
    long next = System.nanoTime();
    while (!closed) {
      next += intervalNanos;
      atOnce.acquireUninterruptibly();
      Thread.ofVirtual().start(this::create);
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private void create() {
    try {
      client.resource(pod).dryRun().create();
      answered.incrementAndGet();
    } catch (KubernetesClientException e) {
      failed(e.getMessage() + (e.getCause() == null ? "" : " " + e.getCause()));
    } finally {
      atOnce.release();
    }
  }

  private void failed(String why) {
    if (failures.size() < MAX_FAILURES) {
      failures.add(
          "after %d reviews and %.1f s: %s"
              .formatted(answered.get(), (System.nanoTime() - startNanos) / 1e9, why));
    }
  }

  /** How many were answered as they had to be. */
  long answered() {
    return answered.get();
  }

  /** Why others were not. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Sends no more, and returns when all are answered. Idempotent. */
  void end() {
    closed = true;
    atOnce.acquireUninterruptibly(MOST_AT_ONCE);
    atOnce.release(MOST_AT_ONCE);
  }

  @Override
  public void close() {
    end();
  }
}
