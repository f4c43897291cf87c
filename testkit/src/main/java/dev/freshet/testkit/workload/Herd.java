package dev.freshet.testkit.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The living Pods of one class, workers or others, from which a churn takes one at a time: a Pod
 * that is being written is not here, so no two writes of ours meet. Thread-safe.
 */
final class Herd {
  private final List<LivePod> resting;
  private final int wanted;
  private int alive;

  Herd(List<LivePod> pods) {
    this.resting = new ArrayList<>(pods);
    this.wanted = pods.size();
    this.alive = pods.size();
  }

  /** Whether there are fewer than at the start, so that a replacement is a create. */
  synchronized boolean isShort() {
    return alive < wanted;
  }

  synchronized List<PodKey> resting() {
    return resting.stream().map(LivePod::key).toList();
  }

  /** Whether it was empty from the start. */
  boolean isNone() {
    return wanted == 0;
  }

  /**
   * Takes any resting Pod. While all are being written it waits for one, at most as long as a write
   * may take; nothing when none is left.
   */
  synchronized Optional<LivePod> take(Chance chance) throws InterruptedException {
    while (resting.isEmpty() && alive > 0) {
      wait();
    }
    if (resting.isEmpty()) {
      return Optional.empty();
    }
    int chosen = chance.below(resting.size());
    LivePod last = resting.removeLast();
    // The last one takes the place of the chosen one: nothing else has to move.
    return Optional.of(chosen == resting.size() ? last : resting.set(chosen, last));
  }

  /** Puts a Pod back after a write. */
  synchronized void giveBack(LivePod pod) {
    resting.add(pod);
    notifyAll();
  }

  /** Counts a Pod that is about to be created; it is put in by {@link #giveBack}. */
  synchronized void expectOne() {
    alive++;
  }

  /** Counts a Pod that will not come back: deleted, never created, or in an unknown state. */
  synchronized void lose() {
    alive--;
    notifyAll();
  }
}
