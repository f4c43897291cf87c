package dev.freshet.testkit.workload;

import dev.freshet.testkit.workload.ChurnObserver.Acknowledged;
import dev.freshet.testkit.workload.ChurnObserver.Failed;
import dev.freshet.testkit.workload.PodApi.Answer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Performs single writes of a churn and reports how each ended. Thread-safe. */
final class ChurnWriter {
  private static final String LABELLER = "churn-labeller";

  private final PodApi api;
  private final PodShapes shapes;
  private final Ticker ticker;
  private final ChurnObserver observer;
  private final String tagPrefix;
  private final AtomicLong tags = new AtomicLong();

  ChurnWriter(
      PodApi api, PodShapes shapes, Ticker ticker, ChurnObserver observer, String tagPrefix) {
    this.api = api;
    this.shapes = shapes;
    this.ticker = ticker;
    this.observer = observer;
    this.tagPrefix = tagPrefix;
  }

  /** What became of the Pod that was written. */
  enum After {
    WRITTEN,
    /** The write was refused and the Pod is as it was. */
    UNCHANGED,
    /** Deleted, or in a state that nobody knows. */
    LOST
  }

  /** A write that ended, with the uid when it was acknowledged. */
  record Outcome(After after, String uid) {}

  Outcome create(long index, PodShapes.Shape shape) {
    String tag = nextTag();
    var pod = shapes.manifest(index, shape, tag);
    return write(
        WriteKind.CREATE, shape, tag, () -> api.create(shape.key(), pod, Workload.CREATOR));
  }

  Outcome status(LivePod pod) {
    String tag = nextTag();
    var status = shapes.status(pod.index(), pod.shape(), pod.round());
    var patch = JsonObject.of("metadata", tagged(tag), "status", status);
    return write(
        WriteKind.STATUS,
        pod.shape(),
        tag,
        () -> api.patchStatus(pod.key(), patch, Workload.KUBELET));
  }

  Outcome label(LivePod pod, String shard) {
    String tag = nextTag();
    var metadata = tagged(tag);
    metadata.put("labels", Map.of(Churn.SHARD_LABEL, shard));
    var patch = JsonObject.of("metadata", metadata);
    return write(WriteKind.LABEL, pod.shape(), tag, () -> api.patch(pod.key(), patch, LABELLER));
  }

  Outcome delete(LivePod pod) {
    return write(WriteKind.DELETE, pod.shape(), "", () -> api.delete(pod.key()));
  }

  private Outcome write(
      WriteKind kind, PodShapes.Shape shape, String tag, Supplier<Answer> request) {
    long sentNanos = ticker.nanoTime();
    Answer answer = request.get();
    long endNanos = ticker.nanoTime();
    return switch (answer) {
      case Answer.Done done -> {
        observer.acknowledged(
            new Acknowledged(
                kind,
                shape.key(),
                done.uid(),
                done.resourceVersion(),
                shape.isWorker(),
                done.labels(),
                Optional.ofNullable(done.annotations().get(Workload.TAG)).orElse(""),
                sentNanos,
                endNanos));
        yield new Outcome(kind == WriteKind.DELETE ? After.LOST : After.WRITTEN, done.uid());
      }
      case Answer.Refused refused -> {
        String why = "HTTP " + refused.status() + ": " + refused.message();
        observer.failed(
            new Failed(kind, shape.key(), shape.isWorker(), tag, true, why, sentNanos, endNanos));
        boolean gone = refused.status() == PodApi.NOT_FOUND || kind == WriteKind.CREATE;
        yield new Outcome(gone ? After.LOST : After.UNCHANGED, "");
      }
      case Answer.Unknown unknown -> {
        observer.failed(
            new Failed(
                kind,
                shape.key(),
                shape.isWorker(),
                tag,
                false,
                unknown.why(),
                sentNanos,
                endNanos));
        yield new Outcome(After.LOST, "");
      }
    };
  }

  private String nextTag() {
    return tagPrefix + tags.incrementAndGet();
  }

  private static Map<String, Object> tagged(String tag) {
    return JsonObject.of("annotations", Map.of(Workload.TAG, tag));
  }
}
