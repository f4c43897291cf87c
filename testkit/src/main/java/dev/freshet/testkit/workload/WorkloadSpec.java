package dev.freshet.testkit.workload;

import java.util.List;
import java.util.Map;

/**
 * Which Pods a {@link Workload} creates. Immutable; each method returns a changed copy.
 *
 * @param seed decides every template and value
 * @param pods how many, 1 to {@value #MAX_PODS}
 * @param namespaces where they go, evenly; created when they do not exist
 * @param workerShare the share of Ray workers among them, 0 to 1; exact but for rounding
 * @param variety how unlike the Pods are
 * @param marks labels whose value is {@link #MARKED}, each with the share of the Pods that carry
 *     it, 0 to 1; for queries that match exactly so many
 */
public record WorkloadSpec(
    long seed,
    int pods,
    List<String> namespaces,
    double workerShare,
    Variety variety,
    Map<String, Double> marks) {
  /** The most Pods of one workload: an API server holds about 3 GB for a tenth of that. */
  public static final int MAX_PODS = 200_000;

  /** The value of a label of {@link #marks}. */
  public static final String MARKED = "yes";

  public WorkloadSpec {
    if (pods < 1 || pods > MAX_PODS) {
      throw new IllegalArgumentException("A workload has 1 to " + MAX_PODS + " Pods, not " + pods);
    }
    if (namespaces.isEmpty()) {
      throw new IllegalArgumentException("A workload needs at least one namespace");
    }
    requireShare("workers", workerShare);
    marks.forEach(WorkloadSpec::requireShare);
    namespaces = List.copyOf(namespaces);
    marks = Map.copyOf(marks);
  }

  private static void requireShare(String of, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("The share of " + of + " is 0 to 1, not " + share);
    }
  }

  /** So many varied Pods in four namespaces, half of them Ray workers, from seed 1. */
  public static WorkloadSpec of(int pods) {
    return new WorkloadSpec(
        1, pods, List.of("team-a", "team-b", "team-c", "team-d"), 0.5, Variety.VARIED, Map.of());
  }

  public WorkloadSpec seed(long value) {
    return new WorkloadSpec(value, pods, namespaces, workerShare, variety, marks);
  }

  public WorkloadSpec namespaces(String... names) {
    return new WorkloadSpec(seed, pods, List.of(names), workerShare, variety, marks);
  }

  public WorkloadSpec workerShare(double share) {
    return new WorkloadSpec(seed, pods, namespaces, share, variety, marks);
  }

  public WorkloadSpec variety(Variety other) {
    return new WorkloadSpec(seed, pods, namespaces, workerShare, other, marks);
  }

  public WorkloadSpec marks(Map<String, Double> labels) {
    return new WorkloadSpec(seed, pods, namespaces, workerShare, variety, labels);
  }
}
