package dev.freshet.testkit.workload;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The Pods that a {@link Workload} has created; what a {@link Churn} writes to, and keeps up to
 * date. Thread-safe.
 */
public final class Population {
  private final PodShapes shapes;
  private final Herd workers;
  private final Herd others;
  private final AtomicLong nextIndex;

  Population(PodShapes shapes, List<LivePod> pods) {
    this.shapes = shapes;
    this.workers = new Herd(pods.stream().filter(LivePod::isWorker).toList());
    this.others = new Herd(pods.stream().filter(pod -> !pod.isWorker()).toList());
    this.nextIndex = new AtomicLong(pods.size());
  }

  /**
   * The keys of all Pods that surely exist, in no order. Those to which a churn is just writing are
   * missing; those of which a write had an unknown outcome, too.
   */
  public List<PodKey> keys() {
    return Stream.of(workers, others).flatMap(herd -> herd.resting().stream()).toList();
  }

  /** How many Ray workers are among {@link #keys()}. */
  public int workers() {
    return workers.resting().size();
  }

  PodShapes shapes() {
    return shapes;
  }

  Herd herd(boolean worker) {
    return worker ? workers : others;
  }

  long takeIndex() {
    return nextIndex.getAndIncrement();
  }
}
