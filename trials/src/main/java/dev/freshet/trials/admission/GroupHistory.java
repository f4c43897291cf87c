package dev.freshet.trials.admission;

import dev.freshet.examples.rayworkerquota.RayWorkerQuota;
import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.EtcdLog;
import java.util.HashMap;
import java.util.Map;

/** How many Pods each group had at most, at any revision of etcd. */
final class GroupHistory {
  private final Map<String, String> groupOf = new HashMap<>();
  private final Map<String, Integer> sizes = new HashMap<>();
  private final Map<String, Integer> most = new HashMap<>();

  private GroupHistory() {}

  static GroupHistory of(EtcdLog log) {
    var history = new GroupHistory();
    log.epochs()
        .forEach(
            epoch -> {
              epoch.base().forEach(history::take);
              epoch.events().forEach(history::take);
            });
    return history;
  }

  private void take(EtcdEvent event) {
    String before = groupOf.remove(event.key());
    if (before != null) {
      sizes.merge(before, -1, Integer::sum);
    }
    String now = event.labels().get(RayWorkerQuota.CLUSTER);
    if (!event.deleted() && now != null) {
      groupOf.put(event.key(), now);
      int size = sizes.merge(now, 1, Integer::sum);
      most.merge(now, size, Math::max);
    }
  }

  /** By group. */
  Map<String, Integer> most() {
    return most;
  }

  /** How many there are in the end. */
  int size(String group) {
    return sizes.getOrDefault(group, 0);
  }

  /** By how many the groups together were beyond a quota, each at its worst moment. */
  int beyond(int quota) {
    return most.values().stream().mapToInt(size -> Math.max(0, size - quota)).sum();
  }
}
