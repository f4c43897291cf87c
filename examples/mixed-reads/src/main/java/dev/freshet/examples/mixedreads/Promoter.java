package dev.freshet.examples.mixedreads;

import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.strong;

import dev.freshet.Reads;
import dev.freshet.Row;
import dev.freshet.fabric8.Freshet;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The controller: promotes a standby where a shard has no primary. For one thread. */
final class Promoter {
  /** Whom the loop's reads are charged to. */
  static final String LOOP = "controller";

  /** Whom the check before a promotion is charged to. */
  static final String CHECK = "promotion";

  private static final Logger LOG = LoggerFactory.getLogger(Promoter.class);

  private final Reads<Pod> loop;
  private final Reads<Pod> check;
  private final KubernetesClient client;

  Promoter(Freshet freshet, String namespace) {
    Reads<Pod> pods = freshet.reads(Pod.class).inNamespace(namespace);
    this.loop = pods.as(LOOP);
    this.check = pods.as(CHECK);
    this.client = freshet.client();
  }

  /**
   * Looks at all shards once. By the cache, for that costs nothing: whatever it does not show yet,
   * the next look will.
   */
  void look() {
    Shards.byName(loop.list(Shards.all(), cached()).rows())
        .forEach(
            (shard, pods) -> {
              if (pods.stream().noneMatch(Shards::isPrimary)) {
                promote(shard);
              }
            });
  }

  /**
   * Two primaries would both write, and nothing undoes that. So what the cache does not show must
   * not be there: everything that was committed before this read is in its answer.
   */
  private void promote(String shard) {
    List<Row<Pod>> now = check.list(Shards.of(shard), strong()).rows();
    if (now.stream().noneMatch(Shards::isPrimary)) {
      now.stream().min(Comparator.comparing(Row::name)).ifPresent(this::promote);
    }
  }

  /** The API server refuses this if the Pod has changed since the check: it carries its version. */
  private void promote(Row<Pod> standby) {
    Pod pod = standby.object();
    pod.getMetadata().getLabels().put(Shards.ROLE, Shards.PRIMARY);
    client.resource(pod).update();
    LOG.info("{} is the primary now", standby.key());
  }
}
