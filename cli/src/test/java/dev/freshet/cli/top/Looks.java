package dev.freshet.cli.top;

import dev.freshet.cli.staleness.Staleness;
import dev.freshet.cli.top.Inside.KindLoad;
import dev.freshet.cli.top.Inside.PriorityLevel;
import dev.freshet.load.ServerSigns;
import dev.freshet.object.ResourceVersion;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Looks at a cluster that exists on paper only. */
final class Looks {

  private static final ZonedDateTime TIME = ZonedDateTime.parse("2026-11-28T09:14:02Z");

  static final OptionalDouble NONE = OptionalDouble.of(0);

  private Looks() {}

  static Staleness cache(String kind, String frontier, String why) {
    return new Staleness(
        kind,
        Optional.of(new ResourceVersion("918273")),
        Optional.of(new ResourceVersion(frontier)),
        Optional.of(Duration.ofMillis(12)),
        OptionalDouble.of(12.34),
        Optional.of(Duration.ofSeconds(41)),
        20_000,
        148_000_000,
        why);
  }

  static Look.Kind kind(Staleness cache) {
    return new Look.Kind(cache, OptionalDouble.of(0.5));
  }

  static Look.Caller caller(String name, double requests) {
    return new Look.Caller(
        name,
        OptionalDouble.of(1240),
        OptionalDouble.of(requests),
        OptionalDouble.of(96_500),
        2,
        0,
        NONE,
        NONE,
        OptionalDouble.of(requests / 100));
  }

  static PriorityLevel level(String name, double executing, double queued, double rejected) {
    return new PriorityLevel(
        name,
        executing,
        245,
        56,
        queued,
        OptionalDouble.of(rejected),
        rejected > 0 ? Map.of("queue-full", rejected) : Map.of());
  }

  static KindLoad load(String kind) {
    return new KindLoad(
        kind,
        OptionalDouble.of(3.2),
        OptionalDouble.of(0.0041),
        OptionalDouble.of(17),
        OptionalDouble.of(0.0012),
        14,
        NONE,
        OptionalDouble.of(3.2),
        NONE,
        OptionalDouble.of(0.0018),
        OptionalDouble.of(918_273));
  }

  static ServerSigns signs(Duration pause) {
    return new ServerSigns(100, 2, 0, 0, Duration.ofNanos(3_100_000), 2, 64, pause);
  }

  static Look.Met well() {
    return new Look.Met(signs(Duration.ZERO), OptionalDouble.of(1.5), NONE, NONE, NONE);
  }

  static Inside.Shown shown(List<PriorityLevel> levels, List<KindLoad> loads) {
    return new Inside.Shown(2_203_072, Duration.ofSeconds(3), 3, 1, levels, loads);
  }

  static Look look(List<Look.Kind> kinds, List<Look.Caller> callers, Look.Met met, Inside inside) {
    return new Look(
        new Look.Server("shop-prod", "https://10.0.0.1:6443", "v1.37.2"),
        TIME,
        "Callers and caches are this command's own; --program URL shows a program's.",
        "",
        true,
        kinds,
        callers,
        met,
        inside);
  }

  /** One with everything in it. */
  static Look usual() {
    return look(
        List.of(
            kind(cache("pods", "918273", "current")),
            kind(
                cache(
                    "deployments.apps", "918270", "waits for an event or a bookmark past 918273"))),
        List.of(caller("dashboard", 0.02), caller("quota-webhook", 41.5)),
        well(),
        shown(
            List.of(
                level("exempt", 1, 0, 0),
                level("system", 0, 0, 0),
                level("workload-low", 245, 31, 2.5)),
            List.of(load("pods"), load("deployments.apps"))));
  }

  /**
   * One of so many callers, the first the busiest, and as many priority levels on which nothing is.
   */
  static Look crowded(int callers) {
    List<Look.Caller> all = new ArrayList<>();
    IntStream.range(0, callers)
        .forEach(i -> all.add(caller("caller-%02d".formatted(i), callers - i)));
    return look(
        List.of(kind(cache("pods", "918273", "current"))),
        all,
        well(),
        shown(
            IntStream.range(0, callers)
                .mapToObj(i -> level("level-%02d".formatted(i), 0, 0, 0))
                .toList(),
            List.of(load("pods"))));
  }
}
