package dev.freshet.trials.levels;

import dev.freshet.trials.stage.Stage;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;

/** A kind that is read. */
enum Kind {
  /** Changes all the time, so that the next event passes a probe. */
  PODS(Pod.class, Stage.PODS),
  /** Changes rarely, so that nothing but a bookmark or a touch moves its cache. */
  CONFIG_MAPS(ConfigMap.class, "configmaps");

  private final Class<? extends HasMetadata> type;
  private final String plural;

  Kind(Class<? extends HasMetadata> type, String plural) {
    this.type = type;
    this.plural = plural;
  }

  Class<? extends HasMetadata> type() {
    return type;
  }

  /** Its name in histories, in etcd and in URLs. */
  String plural() {
    return plural;
  }
}
