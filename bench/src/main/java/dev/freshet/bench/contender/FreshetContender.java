package dev.freshet.bench.contender;

import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.strong;

import dev.freshet.Change;
import dev.freshet.Fence;
import dev.freshet.Query;
import dev.freshet.ReadList;
import dev.freshet.Reads;
import dev.freshet.Row;
import dev.freshet.TouchTarget;
import dev.freshet.fabric8.Freshet;
import dev.freshet.fabric8.FreshetOptions;
import dev.freshet.feed.RecordedEvents;
import dev.freshet.object.FieldPath;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Freshet with a cache of all Pods. Every whole object is a copy of the caller's own. */
final class FreshetContender implements Contender {
  private static final Duration WITHIN = Duration.ofMinutes(5);
  private static final FieldPath POD_IP = FieldPath.of("status.podIP");

  /** What is touched; made at the first touch. */
  private static final TouchTarget TOUCHED = TouchTarget.sentinel("default", "freshet-bench");

  /** More than a server can do. */
  private static final double CAP_LIFTED = 1e6;

  private final Path kubeconfig;
  private @Nullable Freshet freshet;

  /** The same under the cap that is the default. */
  private @Nullable Freshet capped;

  FreshetContender(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
  }

  @Override
  public void fill() {
    freshet = open(TOUCHED.perSecond(CAP_LIFTED), options -> {});
  }

  private Freshet open(TouchTarget touched, Consumer<FreshetOptions> more) {
    Freshet opened =
        Freshet.connect(
            options -> {
              options.kubeconfig(kubeconfig).cache(Pod.class, all -> all.touching(touched));
              more.accept(options);
            });
    opened.awaitSynced(WITHIN);
    return opened;
  }

  @Override
  public void letGo() {
    Objects.requireNonNull(freshet).close();
    freshet = null;
    if (capped != null) {
      capped.close();
      capped = null;
    }
  }

  private Reads<Pod> pods() {
    return Objects.requireNonNull(freshet).reads(Pod.class).within(WITHIN);
  }

  @Override
  public Collection<Held> held() {
    return pods().list(cached()).rows().stream()
        .map(row -> new Held(row.namespace(), row.name(), row.resourceVersion().text()))
        .toList();
  }

  @Override
  public List<Way<String>> lists() {
    return List.of(
        new Way<>("keys", rows(FreshetContender::lengthOfKey)),
        new Way<>("field", rows(row -> row.get(POD_IP).map(String::length).orElse(0))),
        new Way<>("objects", rows(row -> containers(row.object()))),
        new Way<>("copies", rows(row -> containers(row.object()))));
  }

  private ToLongFunction<String> rows(ToLongFunction<Row<Pod>> see) {
    Reads<Pod> pods = pods();
    return label -> sum(pods.list(Query.label(label, MARKED), cached()), see);
  }

  private static long sum(ReadList<Pod> answer, ToLongFunction<Row<Pod>> see) {
    long sum = 0;
    for (Row<Pod> row : answer.rows()) {
      sum += see.applyAsLong(row);
    }
    return sum;
  }

  private static long lengthOfKey(Row<Pod> row) {
    return (long) row.namespace().length() + row.name().length();
  }

  private static int containers(Pod pod) {
    return pod.getSpec().getContainers().size();
  }

  @Override
  public List<Way<Held>> gets() {
    Reads<Pod> pods = pods();
    return List.of(
        new Way<>("versions", pod -> row(pods, pod).resourceVersion().text().length()),
        new Way<>("objects", pod -> containers(row(pods, pod).object())));
  }

  private static Row<Pod> row(Reads<Pod> pods, Held pod) {
    return pods.get(pod.namespace(), pod.name(), cached()).row().orElseThrow();
  }

  @Override
  public List<Way<Held>> objects() {
    Map<Held, Row<Pod>> rows = new HashMap<>();
    for (Row<Pod> row : pods().list(cached()).rows()) {
      rows.put(new Held(row.namespace(), row.name(), row.resourceVersion().text()), row);
    }
    return List.of(
        new Way<>("decoded", pod -> containers(Objects.requireNonNull(rows.get(pod)).object())));
  }

  @Override
  public List<Way<String>> directs() {
    return List.of(
        new Way<>("whole", strongly(pods(), Fence.DIRECT, row -> containers(row.object()))),
        new Way<>(
            "metadata",
            strongly(pods().ofMetadata(), Fence.DIRECT, FreshetContender::lengthOfKey)));
  }

  @Override
  public List<Way<String>> strongs(Busy busy) {
    return switch (busy) {
      case NOTHING -> List.of(new Way<>("touch", keysBy(Fence.TOUCH)));
      case ELSEWHERE ->
          List.of(
              new Way<>("touch", keysBy(Fence.TOUCH)),
              new Way<>("bookmark", keysBy(Fence.BOOKMARK)),
              new Way<>("direct", keysBy(Fence.DIRECT)),
              new Way<>("planner", keysBy(Fence.AUTO)));
      case PODS ->
          List.of(
              new Way<>("probe, Pods busy", keysBy(Fence.PROBE)),
              new Way<>("planner, Pods busy", keysBy(Fence.AUTO)));
    };
  }

  private ToLongFunction<String> keysBy(Fence way) {
    return strongly(pods(), way, FreshetContender::lengthOfKey);
  }

  private static ToLongFunction<String> strongly(
      Reads<Pod> pods, Fence way, ToLongFunction<Row<Pod>> see) {
    Reads<Pod> reads = pods.fence(way);
    return label -> {
      ReadList<Pod> answer = reads.list(Query.label(label, MARKED), strong());
      String route = answer.provenance().route().toString();
      if (way != Fence.AUTO && !route.equals(way.toString())) {
        throw new IllegalStateException("not by " + way + ": " + answer.provenance());
      }
      return sum(answer, see);
    };
  }

  @Override
  public List<Way<String>> crowds() {
    capped = open(TOUCHED, options -> {});
    Reads<Pod> atDefault = capped.reads(Pod.class).within(WITHIN);
    return List.of(
        new Way<>("touch at 5/s", strongly(atDefault, Fence.TOUCH, FreshetContender::lengthOfKey)),
        new Way<>("touch, cap lifted", keysBy(Fence.TOUCH)),
        new Way<>("direct", keysBy(Fence.DIRECT)));
  }

  @Override
  public void follow(Consumer<String> version) {
    var unused =
        pods()
            .onEvent(
                change -> {
                  if (change instanceof Change.Updated<Pod> updated) {
                    version.accept(updated.now().resourceVersion().text());
                  }
                });
  }

  @Override
  public long begin(Path directory, String label) {
    freshet = open(TOUCHED, options -> options.savingTo(directory));
    return keysBy(Fence.TOUCH).applyAsLong(label);
  }

  @Override
  public OptionalDouble eventsPerSecond(Path list, Path watch) {
    try {
      var recorded = new RecordedEvents(Files.readAllBytes(list), Files.readAllBytes(watch));
      return OptionalDouble.of(Timing.rate(recorded.count(), recorded::replay));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
