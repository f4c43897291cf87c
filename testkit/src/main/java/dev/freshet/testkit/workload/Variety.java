package dev.freshet.testkit.workload;

/** How unlike the Pods of a workload are: what decides how well they compress. */
public enum Variety {
  /**
   * 800 templates that differ little, as the rollouts of a few products do: name, version, owner
   * and hashes. What a Pod has of its own is what Kubernetes gives it: name, uid, node, addresses,
   * times, ids of containers.
   */
  UNIFORM,

  /** 240 unlike templates, and random values in every Pod's environment and annotations. */
  VARIED
}
