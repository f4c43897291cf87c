package dev.freshet.meter;

import static java.util.Objects.requireNonNull;

import dev.freshet.Consistency;
import dev.freshet.Provenance;
import dev.freshet.Route;
import dev.freshet.object.ResourceType;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Reads by kind, level, route and outcome. Thread-safe; finding the meters of a read allocates
 * nothing.
 */
final class ReadMeters {
  /** From a read of the cache to one that waits for a list. */
  private static final Duration[] BUCKETS = {
    Duration.ofNanos(100_000),
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(10),
    Duration.ofSeconds(60)
  };

  private static final double[] READERS = {1, 2, 4, 8, 16, 32, 64, 128, 256};

  /** Levels may come to be, so they are known by their names. */
  private final Map<ResourceType, Map<String, OfLevel>> kinds = new ConcurrentHashMap<>();

  private final MeterRegistry registry;

  ReadMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** The meters of one kind at one level, by route. */
  private static final class OfLevel {
    final Map<Route, Timer> answered = new EnumMap<>(Route.class);
    final Map<Route, Timer> unsatisfied = new EnumMap<>(Route.class);
    final Map<Route, DistributionSummary> readers = new EnumMap<>(Route.class);
    final Timer failed;

    OfLevel(ResourceType kind, String level, MeterRegistry registry) {
      for (Route route : Route.values()) {
        String by = route.toString();
        answered.put(route, timer(kind, level, by, "answered", registry));
        unsatisfied.put(route, timer(kind, level, by, "unsatisfied", registry));
        readers.put(
            route,
            DistributionSummary.builder("freshet.read.readers")
                .description(
                    "How many readers shared the request of a read, as each of them saw it.")
                .tag("kind", kind.qualifiedName())
                .tag("level", level)
                .tag("route", by)
                .serviceLevelObjectives(READERS)
                .register(registry));
      }
      failed = timer(kind, level, "none", "failed", registry);
    }

    private static Timer timer(
        ResourceType kind, String level, String route, String outcome, MeterRegistry registry) {
      return Timer.builder("freshet.read")
          .description("What reads took, by kind, level, route and outcome.")
          .tag("kind", kind.qualifiedName())
          .tag("level", level)
          .tag("route", route)
          .tag("outcome", outcome)
          .serviceLevelObjectives(BUCKETS)
          .register(registry);
    }
  }

  void answered(Provenance provenance, long tookNanos) {
    OfLevel meters = meters(provenance.collection(), provenance.asked());
    Route route = provenance.route();
    var timers = provenance.satisfied() ? meters.answered : meters.unsatisfied;
    requireNonNull(timers.get(route)).record(tookNanos, TimeUnit.NANOSECONDS);
    if (provenance.requests().sent() > 0) {
      requireNonNull(meters.readers.get(route)).record(provenance.requests().readers());
    }
  }

  void failed(ResourceType kind, Consistency level, long tookNanos) {
    meters(kind, level).failed.record(tookNanos, TimeUnit.NANOSECONDS);
  }

  private OfLevel meters(ResourceType kind, Consistency level) {
    Map<String, OfLevel> levels = kinds.get(kind);
    OfLevel known = levels == null ? null : levels.get(level.name());
    return known == null ? opened(kind, level.name()) : known;
  }

  private OfLevel opened(ResourceType kind, String level) {
    return kinds
        .computeIfAbsent(kind, unused -> new ConcurrentHashMap<>())
        .computeIfAbsent(level, unused -> new OfLevel(kind, level, registry));
  }
}
