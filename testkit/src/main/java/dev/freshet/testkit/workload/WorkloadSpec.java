package dev.freshet.testkit.workload;

import java.util.List;

/**
 * Which Pods a {@link Workload} creates. Immutable; each method returns a changed copy.
 *
 * @param seed decides every template and value
 * @param pods how many, 1 to {@value #MAX_PODS}
 * @param namespaces where they go, evenly; created when they do not exist
 * @param workerShare the share of Ray workers among them, 0 to 1; exact but for rounding
 */
public record WorkloadSpec(long seed, int pods, List<String> namespaces, double workerShare) {
  /** The most Pods of one workload: an API server holds about 3 GB for a tenth of that. */
  public static final int MAX_PODS = 200_000;

  public WorkloadSpec {
    if (pods < 1 || pods > MAX_PODS) {
      throw new IllegalArgumentException("A workload has 1 to " + MAX_PODS + " Pods, not " + pods);
    }
    if (namespaces.isEmpty()) {
      throw new IllegalArgumentException("A workload needs at least one namespace");
    }
    if (!(workerShare >= 0 && workerShare <= 1)) {
      throw new IllegalArgumentException("The share of workers is 0 to 1, not " + workerShare);
    }
    namespaces = List.copyOf(namespaces);
  }

  /** So many Pods in four namespaces, half of them Ray workers, from seed 1. */
  public static WorkloadSpec of(int pods) {
    return new WorkloadSpec(1, pods, List.of("team-a", "team-b", "team-c", "team-d"), 0.5);
  }

  public WorkloadSpec seed(long value) {
    return new WorkloadSpec(value, pods, namespaces, workerShare);
  }

  public WorkloadSpec namespaces(String... names) {
    return new WorkloadSpec(seed, pods, List.of(names), workerShare);
  }

  public WorkloadSpec workerShare(double share) {
    return new WorkloadSpec(seed, pods, namespaces, share);
  }
}
