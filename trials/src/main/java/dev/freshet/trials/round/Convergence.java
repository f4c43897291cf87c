package dev.freshet.trials.round;

import dev.freshet.Consistency;
import dev.freshet.Reads;
import dev.freshet.trials.stage.Stage;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Waits until a cache holds what etcd holds: every key, each at its version. */
public final class Convergence {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
  private static final int MAX_KEYS_TOLD = 5;

  private final Stage stage;
  private final Reads<Pod> pods;

  public Convergence(Stage stage, Reads<Pod> pods) {
    this.stage = stage;
    this.pods = pods;
  }

  /**
   * Waits for it while nobody writes.
   *
   * @param deadlineNanos until when, by {@link System#nanoTime}
   * @return empty if it came, else how the two differ
   */
  public Optional<String> await(long deadlineNanos) throws InterruptedException {
    while (true) {
      Optional<String> difference = difference();
      if (difference.isEmpty() || System.nanoTime() - deadlineNanos >= 0) {
        return difference;
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  private Optional<String> difference() {
    Map<String, String> held = new HashMap<>();
    var list = pods.list(Consistency.cached());
    list.rows().forEach(row -> held.put(row.key().toString(), row.resourceVersion().text()));
    Map<String, String> truth = stage.etcd().versions(Stage.PODS);
    if (held.equals(truth)) {
      return Optional.empty();
    }
    var keys = new TreeSet<>(truth.keySet());
    keys.addAll(held.keySet());
    keys.removeIf(key -> truth.getOrDefault(key, "").equals(held.getOrDefault(key, "")));
    var text = new StringBuilder();
    text.append(
        "%d of %d Pods differ from etcd; the cache is at %s in epoch %d:"
            .formatted(
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
}
