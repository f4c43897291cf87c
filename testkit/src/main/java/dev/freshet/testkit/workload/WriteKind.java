package dev.freshet.testkit.workload;

/** What a write of a {@link Churn} does. */
public enum WriteKind {
  /** Creates a Pod, still without a status; a {@link #STATUS} write follows at once. */
  CREATE,
  /** Writes the status as a kubelet does. */
  STATUS,
  /** Changes the label {@link Churn#SHARD_LABEL}; the Pod stays a worker, or not one. */
  LABEL,
  /** Deletes a Pod at once. */
  DELETE
}
