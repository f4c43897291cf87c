package dev.freshet.trials.herd;

import static dev.freshet.Consistency.cached;

import dev.freshet.CacheHealth;
import dev.freshet.Reads;
import dev.freshet.fabric8.Freshet;
import dev.freshet.testkit.workload.PodKey;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import java.time.Duration;
import java.util.Optional;

/** A Freshet as its users have it: its defaults, and a cache of Pods. */
final class FreshetMember implements HerdMember {
  static final Duration SYNCED_WITHIN = Duration.ofMinutes(2);

  private final Freshet freshet;
  private final Reads<Pod> reads;

  private FreshetMember(Freshet freshet) {
    this.freshet = freshet;
    this.reads = freshet.reads(Pod.class);
  }

  static FreshetMember connect(Config config, String caller) {
    Freshet freshet =
        Freshet.connect(options -> options.config(config).caller(caller).cache(Pod.class));
    try {
      freshet.awaitSynced(SYNCED_WITHIN);
    } catch (RuntimeException e) {
      freshet.close();
      throw e;
    }
    return new FreshetMember(freshet);
  }

  @Override
  public Optional<String> version(PodKey pod) {
    return reads
        .get(pod.namespace(), pod.name(), cached())
        .row()
        .map(row -> row.resourceVersion().text());
  }

  @Override
  public long streamedLists() {
    return freshet.health().stream().mapToLong(CacheHealth::lists).sum();
  }

  @Override
  public void close() {
    freshet.close();
  }
}
