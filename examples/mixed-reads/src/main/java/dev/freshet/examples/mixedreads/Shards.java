package dev.freshet.examples.mixedreads;

import dev.freshet.Query;
import dev.freshet.Row;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the labels of Pods say: which shard of the database each serves, and as what. */
final class Shards {
  static final String SHARD = "example.dev/shard";
  static final String ROLE = "example.dev/role";
  static final String PRIMARY = "primary";

  private Shards() {}

  /** Every Pod of any shard. */
  static Query all() {
    return Query.labels(SHARD);
  }

  static Query of(String shard) {
    return Query.label(SHARD, shard);
  }

  static boolean isPrimary(Row<Pod> pod) {
    return PRIMARY.equals(pod.labels().get(ROLE));
  }

  /** Pods by shard; labels are in the rows, so that no Pod is decoded. */
  static Map<String, List<Row<Pod>>> byName(List<Row<Pod>> pods) {
    return pods.stream()
        .collect(
            Collectors.groupingBy(
                pod -> String.valueOf(pod.labels().get(SHARD)), TreeMap::new, Collectors.toList()));
  }
}
