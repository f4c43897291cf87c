package dev.freshet.testkit.workload;

import java.util.Map;

/**
 * Who is told how each write of a {@link Churn} ended. Called from the writing threads, for
 * different Pods at the same time; for one Pod in the order of its writes. Must be quick and
 * thread-safe, and must not throw.
 */
@FunctionalInterface
public interface ChurnObserver {
  /** The API server has acknowledged a write; called before the Pod is written again. */
  void acknowledged(Acknowledged write);

  /** A write was refused, or its outcome is unknown. */
  default void failed(Failed write) {}

  /**
   * A write that happened.
   *
   * @param kind what it did
   * @param key the Pod
   * @param uid the Pod's uid
   * @param resourceVersion from the answer; of a delete, the version at which the Pod went
   * @param worker whether the Pod is a Ray worker, that is, whether the usual query sees it
   * @param labels the labels after the write; of a delete, the last ones
   * @param tag the value of the annotation {@link Workload#TAG} after the write, unique to it; of a
   *     delete, the last one
   * @param sentNanos when it was about to be sent, by the churn's {@link Ticker}
   * @param acknowledgedNanos when its answer had been read, by the same
   */
  record Acknowledged(
      WriteKind kind,
      PodKey key,
      String uid,
      String resourceVersion,
      boolean worker,
      Map<String, String> labels,
      String tag,
      long sentNanos,
      long acknowledgedNanos) {
    public Acknowledged {
      labels = Map.copyOf(labels);
    }
  }

  /**
   * A write that was refused, or of which nobody knows whether it happened. After an unknown
   * outcome the churn leaves that Pod alone.
   *
   * @param kind what it would have done
   * @param key the Pod
   * @param worker whether the Pod is a Ray worker
   * @param tag the tag that it would have left; empty for a delete
   * @param outcomeKnown whether it surely did not happen
   * @param why the server's message, or the failure of the connection
   * @param sentNanos when it was about to be sent
   * @param failedNanos when it failed
   */
  record Failed(
      WriteKind kind,
      PodKey key,
      boolean worker,
      String tag,
      boolean outcomeKnown,
      String why,
      long sentNanos,
      long failedNanos) {}
}
