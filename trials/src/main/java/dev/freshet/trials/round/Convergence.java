package dev.freshet.trials.round;

import dev.freshet.ReadList;
import dev.freshet.trials.stage.EtcdGateway;
import dev.freshet.trials.stage.Stage;
import dev.freshet.trials.stage.View;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Waits until caches hold what etcd holds: every key, each at its version. */
public final class Convergence {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final int MAX_KEYS_TOLD = 5;

  private final EtcdGateway etcd;
  private final List<View> views;

  public Convergence(EtcdGateway etcd, List<View> views) {
    this.etcd = etcd;
    this.views = views;
  }

  /**
   * Waits for it while nobody writes.
   *
   * @param deadlineNanos until when, by {@link System#nanoTime}
   * @return empty if it came, else how the first cache differs
   */
  public Optional<String> await(long deadlineNanos) throws InterruptedException {
    Optional<String> difference = Optional.empty();
    for (View view : views) {
      difference = difference(view);
      while (difference.isPresent() && System.nanoTime() - deadlineNanos < 0) {
        Thread.sleep(BETWEEN_LOOKS);
        difference = difference(view);
      }
      if (difference.isPresent()) {
        return difference;
      }
    }
    return difference;
  }

  private Optional<String> difference(View view) {
    Map<String, String> held = new HashMap<>();
    ReadList<Pod> list = view.cached();
    list.rows().forEach(row -> held.put(row.key().toString(), row.resourceVersion().text()));
    Map<String, String> truth = truth(view);
    if (held.equals(truth)) {
      return Optional.empty();
    }
    var keys = new TreeSet<>(truth.keySet());
    keys.addAll(held.keySet());
    keys.removeIf(key -> truth.getOrDefault(key, "").equals(held.getOrDefault(key, "")));
    var text = new StringBuilder();
    text.append(
        "%s: %d of %d Pods differ from etcd; the cache is at %s in epoch %d:"
            .formatted(
                view,
                keys.size(),
                truth.size(),
                list.resourceVersion().text(),
                list.provenance().epoch()));
    keys.stream()
        .limit(MAX_KEYS_TOLD)
        .forEach(
            key ->
                text.append(
                    " %s is at %s and cached at %s;"
                        .formatted(
                            key,
                            truth.getOrDefault(key, "no version"),
                            held.getOrDefault(key, "no version"))));
    return Optional.of(text.toString());
  }

  private Map<String, String> truth(View view) {
    Map<String, String> versions = etcd.versions(Stage.PODS);
    var query = view.written();
    if (!query.namespace().isEmpty()) {
      versions.keySet().removeIf(key -> !key.startsWith(query.namespace() + "/"));
    }
    if (!query.labels().isEmpty()) {
      String[] wanted = query.labels().split("=", 2);
      Map<String, Map<String, String>> labels = etcd.labels(Stage.PODS);
      versions
          .keySet()
          .removeIf(key -> !wanted[1].equals(labels.getOrDefault(key, Map.of()).get(wanted[0])));
    }
    return versions;
  }
}
