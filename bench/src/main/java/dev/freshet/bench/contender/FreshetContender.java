package dev.freshet.bench.contender;

import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.strong;

import dev.freshet.Fence;
import dev.freshet.Query;
import dev.freshet.ReadList;
import dev.freshet.Reads;
import dev.freshet.Row;
import dev.freshet.fabric8.Freshet;
import dev.freshet.object.FieldPath;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Freshet with a cache of all Pods. Every whole object is a copy of the caller's own. */
final class FreshetContender implements Contender {
  private static final Duration SYNCED_WITHIN = Duration.ofMinutes(5);
  private static final FieldPath POD_IP = FieldPath.of("status.podIP");

  private final Path kubeconfig;
  private @Nullable Freshet freshet;

  FreshetContender(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
  }

  @Override
  public void fill() {
    Freshet opened = Freshet.connect(options -> options.kubeconfig(kubeconfig).cache(Pod.class));
    freshet = opened;
    opened.awaitSynced(SYNCED_WITHIN);
  }

  @Override
  public void letGo() {
    Objects.requireNonNull(freshet).close();
    freshet = null;
  }

  private Reads<Pod> pods() {
    return Objects.requireNonNull(freshet).reads(Pod.class).within(SYNCED_WITHIN);
  }

  @Override
  public Collection<Held> held() {
    return pods().list(cached()).rows().stream()
        .map(row -> new Held(row.namespace(), row.name(), row.resourceVersion().text()))
        .toList();
  }

  @Override
  public Map<String, ToLongFunction<String>> lists() {
    return Map.of(
        "keys", rows(row -> row.namespace().length() + row.name().length()),
        "field", rows(row -> row.get(POD_IP).map(String::length).orElse(0)),
        "objects", rows(row -> row.object().getSpec().getContainers().size()),
        "copies", rows(row -> row.object().getSpec().getContainers().size()));
  }

  private ToLongFunction<String> rows(ToLongFunction<Row<Pod>> see) {
    Reads<Pod> pods = pods();
    return label -> {
      long sum = 0;
      for (Row<Pod> row : pods.list(Query.label(label, MARKED), cached()).rows()) {
        sum += see.applyAsLong(row);
      }
      return sum;
    };
  }

  @Override
  public Map<String, ToLongFunction<Held>> gets() {
    Reads<Pod> pods = pods();
    return Map.of(
        "versions",
            pod ->
                pods.get(pod.namespace(), pod.name(), cached())
                    .row()
                    .orElseThrow()
                    .resourceVersion()
                    .text()
                    .length(),
        "objects",
            pod ->
                pods.get(pod.namespace(), pod.name(), cached())
                    .object()
                    .orElseThrow()
                    .getSpec()
                    .getContainers()
                    .size());
  }

  @Override
  public Map<String, ToLongFunction<String>> directs() {
    Reads<Pod> pods = pods().fence(Fence.DIRECT);
    return Map.of(
        "whole",
        label -> {
          ReadList<Pod> answer = pods.list(Query.label(label, MARKED), strong());
          long sum = 0;
          for (Pod pod : answer) {
            sum += pod.getSpec().getContainers().size();
          }
          return sum;
        });
  }
}
