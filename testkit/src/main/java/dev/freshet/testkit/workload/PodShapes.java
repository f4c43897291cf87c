package dev.freshet.testkit.workload;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The Pods of a workload by index, without end: a pure function of the spec, so any Pod can be made
 * again without remembering it. Thread-safe.
 */
final class PodShapes {
  private static final Templates VARIED = new Templates(80, 20, 140);
  private static final Templates UNIFORM = new Templates(400, 80, 320);

  private static final int NODES = 400;
  private static final Instant EPOCH = Instant.parse("2026-01-05T08:00:00Z");
  private static final int SPREAD_SECONDS = 30 * 24 * 3600;

  private final WorkloadSpec spec;
  private final List<PodTemplate> workers;
  private final List<PodTemplate> others;

  /** How many templates there are of each role. */
  private record Templates(int workers, int heads, int applications) {}

  /** What is chosen once for a Pod and holds for its life. */
  record Shape(
      PodKey key, PodTemplate template, Map<String, String> labels, String node, Instant start) {
    boolean isWorker() {
      return template.role() == PodTemplate.Role.RAY_WORKER;
    }
  }

  PodShapes(WorkloadSpec spec) {
    this.spec = spec;
    Templates counts =
        switch (spec.variety()) {
          case UNIFORM -> UNIFORM;
          case VARIED -> VARIED;
        };
    this.workers = templates(0, counts.workers(), PodTemplate.Role.RAY_WORKER);
    var rest = new ArrayList<>(templates(1_000, counts.heads(), PodTemplate.Role.RAY_HEAD));
    rest.addAll(templates(2_000, counts.applications(), PodTemplate.Role.APPLICATION));
    this.others = List.copyOf(rest);
  }

  List<PodTemplate> templates() {
    var all = new ArrayList<>(workers);
    all.addAll(others);
    return all;
  }

  /** Spreads the workers evenly over the indexes: exactly their share of any long stretch. */
  boolean isWorker(long index) {
    return isWithin(index, spec.workerShare());
  }

  private static boolean isWithin(long index, double share) {
    return Math.floor((index + 1) * share) > Math.floor(index * share);
  }

  Shape shape(long index) {
    return shape(index, isWorker(index));
  }

  /** As {@link #shape(long)}, with the choice between worker and other made by the caller. */
  Shape shape(long index, boolean worker) {
    Chance chance = chance(index);
    PodTemplate template = chance.oneOf(worker ? workers : others);
    String namespace =
        spec.namespaces().get((int) Math.floorMod(index, (long) spec.namespaces().size()));
    String name = template.name() + "-" + chance.letters(5) + "-" + Long.toString(index, 36);
    var labels = new LinkedHashMap<>(template.labels());
    if (template.role() != PodTemplate.Role.APPLICATION) {
      labels.put("ray.io/identifier", template.name() + "-" + chance.letters(5));
    }
    spec.marks()
        .forEach(
            (label, share) -> {
              if (isWithin(index, share)) {
                labels.put(label, WorkloadSpec.MARKED);
              }
            });
    return new Shape(
        new PodKey(namespace, name),
        template,
        labels,
        "ip-10-%d-%d.compute.internal".formatted(chance.below(NODES) / 20, chance.below(20)),
        EPOCH.plusSeconds(chance.below(SPREAD_SECONDS)));
  }

  /** The object to create; {@code tag} goes into the annotation {@link Workload#TAG}. */
  Map<String, Object> manifest(long index, Shape shape, String tag) {
    Chance own = chance(~index);
    PodTemplate template = shape.template();
    return switch (spec.variety()) {
      case VARIED -> new PodManifest(shape, own, own, own).json(tag);
      case UNIFORM ->
          new PodManifest(
                  shape,
                  own,
                  new Chance(spec.seed(), template.name().hashCode()),
                  // What its environment is called tells the product.
                  new Chance(spec.seed(), template.variables().hashCode()))
              .json(tag);
    };
  }

  /** The status after {@code round} earlier ones: each round restarts a container. */
  Map<String, Object> status(long index, Shape shape, int round) {
    return new PodStatus(shape, chance(~index)).json(round);
  }

  private Chance chance(long number) {
    return new Chance(spec.seed(), number * 2 + 7);
  }

  private List<PodTemplate> templates(int first, int count, PodTemplate.Role role) {
    return IntStream.range(first, first + count)
        .mapToObj(number -> PodTemplate.of(spec, number, role))
        .toList();
  }
}
