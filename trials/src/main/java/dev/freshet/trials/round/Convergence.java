package dev.freshet.trials.round;

import dev.freshet.testkit.history.Query;
import dev.freshet.trials.stage.EtcdGateway;
import dev.freshet.trials.stage.Holding;
import dev.freshet.trials.stage.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Waits until caches and handlers hold what etcd holds: every key, each at its version. */
public final class Convergence {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final int MAX_KEYS_TOLD = 5;

  private final EtcdGateway etcd;
  private final List<Holding> holdings;

  public Convergence(EtcdGateway etcd, List<Holding> holdings) {
    this.etcd = etcd;
    this.holdings = holdings;
  }

  /**
   * Waits for it while nobody writes.
   *
   * @param deadlineNanos until when, by {@link System#nanoTime}
   * @return empty if it came, else how the first differs
   */
  public Optional<String> await(long deadlineNanos) throws InterruptedException {
    Optional<String> difference = Optional.empty();
    for (Holding holding : holdings) {
      difference = difference(holding);
      while (difference.isPresent() && System.nanoTime() - deadlineNanos < 0) {
        Thread.sleep(BETWEEN_LOOKS);
        difference = difference(holding);
      }
      if (difference.isPresent()) {
        return difference;
      }
    }
    return difference;
  }

  private Optional<String> difference(Holding holding) {
    Map<String, String> held = holding.versions().get();
    Map<String, String> truth = truth(holding.of());
    if (held.equals(truth)) {
      return Optional.empty();
    }
    var keys = new TreeSet<>(truth.keySet());
    keys.addAll(held.keySet());
    keys.removeIf(key -> truth.getOrDefault(key, "").equals(held.getOrDefault(key, "")));
    var text = new StringBuilder();
    text.append(
        "%s: %d of %d Pods differ from etcd:".formatted(holding.name(), keys.size(), truth.size()));
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

  private Map<String, String> truth(Query query) {
    Map<String, String> versions = etcd.versions(Stage.PODS);
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
