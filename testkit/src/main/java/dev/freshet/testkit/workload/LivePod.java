package dev.freshet.testkit.workload;

/**
 * A Pod that the workload believes to exist.
 *
 * @param index its number in {@link PodShapes}
 * @param shape what was chosen for it
 * @param uid its uid
 * @param round how many times its status has been written since its first one
 */
record LivePod(long index, PodShapes.Shape shape, String uid, int round) {
  PodKey key() {
    return shape.key();
  }

  boolean isWorker() {
    return shape.isWorker();
  }

  LivePod nextRound() {
    return new LivePod(index, shape, uid, round + 1);
  }
}
