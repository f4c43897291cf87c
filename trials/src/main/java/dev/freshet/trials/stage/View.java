package dev.freshet.trials.stage;

import dev.freshet.Consistency;
import dev.freshet.Query;
import dev.freshet.ReadList;
import dev.freshet.Reads;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashMap;
import java.util.Map;

/**
 * A question to a cache, as Freshet takes it and as the judge reads it.
 *
 * @param cache the name of what never goes back in time by itself
 */
public record View(
    String cache, Reads<Pod> reads, Query query, dev.freshet.testkit.history.Query written) {

  static View of(String cache, Reads<Pod> reads) {
    return new View(
        cache, reads, Query.everything(), dev.freshet.testkit.history.Query.all(Stage.PODS));
  }

  View inNamespace(String only) {
    return new View(cache + "/" + only, reads.inNamespace(only), query, written.inNamespace(only));
  }

  View labelled(String selector) {
    return new View(cache, reads, Query.labels(selector), written.labels(selector));
  }

  /** What the cache answers now. */
  public ReadList<Pod> cached() {
    return reads.list(query, Consistency.cached());
  }

  /** What the cache holds of it. */
  public Holding holding() {
    return new Holding(toString(), written, this::versions);
  }

  private Map<String, String> versions() {
    Map<String, String> held = new HashMap<>();
    cached().rows().forEach(row -> held.put(row.key().toString(), row.resourceVersion().text()));
    return held;
  }

  @Override
  public String toString() {
    return cache + ", " + written;
  }
}
