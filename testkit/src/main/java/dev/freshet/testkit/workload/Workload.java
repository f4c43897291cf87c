package dev.freshet.testkit.workload;

import dev.freshet.testkit.Progress;
import dev.freshet.testkit.workload.PodApi.Answer;
import io.fabric8.kubernetes.client.Config;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * Creates Pods of realistic shape: about 10 KB of JSON each with managedFields, from many templates
 * as {@link Variety} says, Ray workers among other applications, bound to nodes and with a full
 * status.
 *
 * <p>For an API server without controllers and kubelets, such as {@link
 * dev.freshet.testkit.controlplane.ControlPlane}: elsewhere the Pods would be taken up by real
 * ones.
 */
public final class Workload {
  /** The label that tells Ray workers from heads; its value for workers is {@link #WORKER}. */
  public static final String NODE_TYPE_LABEL = "ray.io/node-type";

  /** The value of {@link #NODE_TYPE_LABEL} that the queries of demo and benchmarks ask for. */
  public static final String WORKER = "worker";

  /** The label that names a Ray Pod's cluster, one of 80 or more. */
  public static final String CLUSTER_LABEL = "ray.io/cluster";

  /** The annotation that every write sets to a value of its own. */
  public static final String TAG = "freshet.dev/tag";

  static final String CREATOR = "workload-controller";
  static final String KUBELET = "kubelet";

  private static final int WRITERS = 24;
  private static final int REPORTS = 50;

  private final WorkloadSpec spec;
  private final PodShapes shapes;

  public Workload(WorkloadSpec spec) {
    this.spec = spec;
    this.shapes = new PodShapes(spec);
  }

  /**
   * Creates the namespaces, the Pods and their statuses, by 24 writers at once; about 10,000 Pods a
   * minute on two cores.
   *
   * @param config where, and as whom; the user needs create on namespaces and Pods, and patch on
   *     pods/status
   * @throws WorkloadException when the server refuses, or keeps failing a write that was tried
   *     several times; what was created until then stays
   */
  public Population create(Config config, Progress progress) {
    try (var api = new PodApi(config);
        var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      spec.namespaces().forEach(name -> createNamespace(api, name));
      var run = new Run(api, progress);
      List<Future<?>> working = new ArrayList<>();
      IntStream.range(0, Math.min(WRITERS, spec.pods()))
          .forEach(i -> working.add(writers.submit(run::work)));
      working.forEach(Workload::await);
      return run.population();
    }
  }

  private static void createNamespace(PodApi api, String name) {
    switch (api.createNamespace(name)) {
      case Answer.Done done -> {}
      case Answer.Refused refused when refused.status() == PodApi.CONFLICT -> {}
      case Answer.Refused refused ->
          throw new WorkloadException(
              "Cannot create the namespace " + name + ": " + refused.message());
      case Answer.Unknown unknown ->
          throw new WorkloadException("Cannot create the namespace " + name + ": " + unknown.why());
    }
  }

  private static void await(Future<?> writer) {
    try {
      writer.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkloadException("Interrupted while creating Pods.");
    }
  }

  /** One creation of all Pods: writers take the next index until none is left or one fails. */
  private final class Run {
    private final PodApi api;
    private final Progress progress;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();
    private final AtomicReferenceArray<LivePod> created = new AtomicReferenceArray<>(spec.pods());
    private final long startNanos = System.nanoTime();

    Run(PodApi api, Progress progress) {
      this.api = api;
      this.progress = progress;
    }

    void work() {
      try {
        for (long index = next.getAndIncrement();
            index < spec.pods();
            index = next.getAndIncrement()) {
          created.set((int) index, createOne(index));
          report(finished.incrementAndGet());
        }
      } catch (RuntimeException e) {
        next.set(spec.pods());
        throw e;
      }
    }

    Population population() {
      return new Population(
          shapes, IntStream.range(0, spec.pods()).mapToObj(created::get).toList());
    }

    private LivePod createOne(long index) {
      PodShapes.Shape shape = shapes.shape(index);
      var writes = new InsistentWrites(shape.key());
      writes.insist(
          () ->
              api.create(shape.key(), shapes.manifest(index, shape, "created-" + index), CREATOR));
      var status = Map.<String, Object>of("status", shapes.status(index, shape, 0));
      String uid =
          writes
              .insist(() -> api.patchStatus(shape.key(), status, KUBELET))
              .map(Answer.Done::uid)
              .orElseThrow();
      return new LivePod(index, shape, uid, 0);
    }

    private void report(long done) {
      if (done % Math.max(1, spec.pods() / REPORTS) == 0 || done == spec.pods()) {
        var elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
        progress.report(
            new Progress.Step("creating Pods with status", done, spec.pods(), false, elapsed));
      }
    }
  }
}
