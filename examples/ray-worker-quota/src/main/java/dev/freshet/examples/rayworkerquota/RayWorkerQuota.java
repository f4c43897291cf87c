package dev.freshet.examples.rayworkerquota;

import dev.freshet.Consistency;
import dev.freshet.Fence;
import dev.freshet.Query;
import dev.freshet.Reads;
import dev.freshet.fabric8.Freshet;
import dev.freshet.webhook.ReviewRule;
import dev.freshet.webhook.Verdict;
import dev.freshet.webhook.reserve.Claims;
import dev.freshet.webhook.reserve.Constraint;
import dev.freshet.webhook.reserve.Group;
import dev.freshet.webhook.reserve.Grouping;
import dev.freshet.webhook.reserve.LabelGrouping;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Optional;

/**
 * At most so many workers in each Ray cluster, which is told by its label and lies in one
 * namespace.
 */
public final class RayWorkerQuota {

  /** Of the webhook, its path, and its claims. */
  public static final String NAME = "ray-worker-quota";

  /** The label whose values are the clusters. */
  public static final String CLUSTER = "ray.io/cluster";

  /** What is a worker. */
  public static final String WORKERS = "ray.io/node-type=worker";

  private static final LabelGrouping<Pod> BY_CLUSTER =
      Grouping.<Pod>byLabel(CLUSTER).among(WORKERS);

  private RayWorkerQuota() {}

  /**
   * The rule of a webhook.
   *
   * @param quota of each cluster
   * @param claims where {@link Mode#RESERVED} keeps its reservations
   * @param requestTimeout of the API servers
   */
  public static ReviewRule<Pod> rule(
      Freshet freshet, Mode mode, int quota, Claims claims, Duration requestTimeout) {
    Reads<Pod> pods = freshet.reads(Pod.class).as(NAME).fence(Fence.DIRECT);
    return switch (mode) {
      case CACHED -> counting(pods, quota, Consistency.cached());
      case DIRECT -> counting(pods, quota, Consistency.strong());
      case RESERVED ->
          Constraint.atMost(quota, NAME, Pod.class, BY_CLUSTER)
              .requestTimeout(requestTimeout)
              .claimedIn(claims)
              .on(freshet);
    };
  }

  /** What most webhooks do. */
  private static ReviewRule<Pod> counting(Reads<Pod> pods, int quota, Consistency level) {
    return (review, views) -> {
      Optional<Group> cluster =
          review.object().flatMap(pod -> BY_CLUSTER.groupOf(review.namespace(), pod));
      if (cluster.isEmpty()) {
        return Verdict.allow();
      }
      Query workers = BY_CLUSTER.members(cluster.get());
      int there = pods.inNamespace(review.namespace()).list(workers, level).size();
      return there < quota
          ? Verdict.allow()
          : Verdict.deny(NAME + ": no room in " + cluster.get() + ", which has " + there);
    };
  }
}
