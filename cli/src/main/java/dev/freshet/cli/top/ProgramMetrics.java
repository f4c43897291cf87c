package dev.freshet.cli.top;

import dev.freshet.cli.exposition.Sample;
import dev.freshet.cli.exposition.Scrape;
import dev.freshet.cli.measure.Recent;
import dev.freshet.cli.staleness.Staleness;
import dev.freshet.cli.top.Seen.CacheRow;
import dev.freshet.load.ServerSigns;
import dev.freshet.object.ResourceVersion;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A program's metrics, those of {@code docs/reference/metrics.md}, as what a source shows. */
final class ProgramMetrics {

  private static final String REQUESTS = "freshet_caller_requests_total";
  private static final String BYTES = "freshet_caller_received_bytes_total";
  private static final String IN_FLIGHT = "freshet_caller_in_flight";
  private static final String WAITING = "freshet_caller_waiting";
  private static final String OVER_BUDGET = "freshet_caller_over_budget_total";
  private static final String REFUSED = "freshet_caller_refused_total";
  private static final String READS = "freshet_read_seconds_count";
  private static final String RESPONSES = "freshet_server_responses_total";
  private static final String LATENCY = "freshet_server_latency_seconds";
  private static final String ROOM = "freshet_server_room_requests";
  private static final String SERVER_IN_FLIGHT = "freshet_server_in_flight_requests";
  private static final String PAUSE = "freshet_server_pause_seconds";
  private static final String AGE = "freshet_cache_age_seconds";
  private static final String FRONTIER = "freshet_cache_frontier";
  private static final String WATCHING = "freshet_cache_watching";
  private static final String ALARM = "freshet_cache_alarm";
  private static final String OBJECTS = "freshet_cache_objects";
  private static final String SIZE = "freshet_cache_size_bytes";
  private static final String EVENTS = "freshet_cache_events_total";

  /** All that is shown; a scrape needs no others. */
  static final Set<String> NAMES =
      Set.of(
          REQUESTS,
          BYTES,
          IN_FLIGHT,
          WAITING,
          OVER_BUDGET,
          REFUSED,
          READS,
          RESPONSES,
          LATENCY,
          ROOM,
          SERVER_IN_FLIGHT,
          PAUSE,
          AGE,
          FRONTIER,
          WATCHING,
          ALARM,
          OBJECTS,
          SIZE,
          EVENTS);

  private static final double NANOS_PER_SECOND = 1e9;

  private ProgramMetrics() {}

  /**
   * What the newest of some scrapes shows.
   *
   * @param now the newest
   * @param recent all of them, it included, for rates of what is counted
   * @param kinds the kinds to show; none for all
   */
  static Seen seen(Scrape now, Recent<Scrape> recent, Set<String> kinds) {
    List<CacheRow> caches =
        now.of(WATCHING).stream()
            .filter(sample -> kinds.isEmpty() || kinds.contains(sample.label("kind")))
            .map(sample -> cache(sample, now, recent))
            .toList();
    return new Seen(caches, new Counts(callers(now), reads(now), server(now)), "");
  }

  private static CacheRow cache(Sample watching, Scrape now, Recent<Scrape> recent) {
    Predicate<Sample> same = sample -> sample.labels().equals(watching.labels());
    String kind = watching.label("kind");
    String namespace = watching.label("namespace");
    return new CacheRow(
        kind,
        new Staleness(
            namespace.isEmpty() ? kind : kind + " in " + namespace,
            Optional.empty(),
            boxed(now.value(FRONTIER, same)).map(ProgramMetrics::version),
            boxed(now.value(AGE, same)).map(ProgramMetrics::duration),
            recent.rate(scrape -> scrape.sum(EVENTS, same)),
            Optional.empty(),
            (long) now.sum(OBJECTS, same),
            (long) now.sum(SIZE, same),
            why(watching.value() > 0, now.sum(ALARM, same) > 0)));
  }

  private static String why(boolean watches, boolean alarm) {
    if (alarm) {
      return "ALARM: the program's health() says which";
    }
    return watches ? "follows changes" : "follows nothing now: its health() says why";
  }

  private static Map<String, Counts.Caller> callers(Scrape now) {
    Map<String, Counts.Caller> callers = new TreeMap<>();
    for (String name : now.values(REQUESTS, "caller")) {
      Predicate<Sample> his = sample -> sample.label("caller").equals(name);
      callers.put(
          name,
          new Counts.Caller(
              Double.NaN,
              now.sum(REQUESTS, his),
              now.sum(BYTES, his),
              (int) now.sum(IN_FLIGHT, his),
              (int) now.sum(WAITING, his),
              now.sum(OVER_BUDGET, his),
              now.sum(REFUSED, his),
              Optional.empty()));
    }
    return callers;
  }

  private static Map<String, Double> reads(Scrape now) {
    Map<String, Double> reads = new HashMap<>();
    now.of(READS).forEach(sample -> reads.merge(sample.label("kind"), sample.value(), Double::sum));
    return reads;
  }

  private static ServerSigns server(Scrape now) {
    return new ServerSigns(
        responses(now, "answered"),
        responses(now, "refused"),
        responses(now, "failed"),
        responses(now, "unanswered"),
        duration(now.value(LATENCY).orElse(0)),
        (int) now.value(SERVER_IN_FLIGHT).orElse(0),
        (int) now.value(ROOM).orElse(0),
        duration(now.value(PAUSE).orElse(0)));
  }

  private static long responses(Scrape now, String outcome) {
    return (long) now.sum(RESPONSES, sample -> sample.label("outcome").equals(outcome));
  }

  private static Optional<Double> boxed(OptionalDouble value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value.getAsDouble());
  }

  /** The registry wrote it as {@code 9.18273E5}. */
  private static ResourceVersion version(double value) {
    return new ResourceVersion(BigDecimal.valueOf(value).toBigInteger().toString());
  }

  private static Duration duration(double seconds) {
    return Duration.ofNanos((long) (seconds * NANOS_PER_SECOND));
  }
}
