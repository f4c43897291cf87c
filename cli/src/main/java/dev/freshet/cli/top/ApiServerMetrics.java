package dev.freshet.cli.top;

import dev.freshet.cli.exposition.Sample;
import dev.freshet.cli.exposition.Scrape;
import dev.freshet.cli.measure.Recent;
import dev.freshet.cli.top.Inside.KindLoad;
import dev.freshet.cli.top.Inside.PriorityLevel;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The metrics of kube-apiserver that are shown, by the names that version 1.37 gives them
 * (k8s.io/apiserver: {@code endpoints/metrics}, {@code util/flowcontrol/metrics}, {@code
 * storage/cacher/metrics}). What a server does not expose counts as nothing. Of {@code
 * apiserver_cache_list_*}, which 1.37 has hidden, none is used.
 */
final class ApiServerMetrics {

  private static final String IN_FLIGHT = "apiserver_current_inflight_requests";
  private static final String EXECUTING = "apiserver_flowcontrol_current_executing_seats";
  private static final String NOMINAL = "apiserver_flowcontrol_nominal_limit_seats";
  private static final String LIMIT = "apiserver_flowcontrol_current_limit_seats";
  private static final String QUEUED = "apiserver_flowcontrol_current_inqueue_requests";
  private static final String REJECTED = "apiserver_flowcontrol_rejected_requests_total";
  private static final String COUNT = "apiserver_request_duration_seconds_count";
  private static final String SECONDS = "apiserver_request_duration_seconds_sum";
  private static final String LONG_RUNNING = "apiserver_longrunning_requests";
  private static final String CONSISTENT = "apiserver_watch_cache_consistent_read_total";
  private static final String WAITS = "apiserver_watch_cache_read_wait_seconds_count";
  private static final String WAITED = "apiserver_watch_cache_read_wait_seconds_sum";
  private static final String CACHE_VERSION = "apiserver_watch_cache_resource_version";

  /** All that is shown; a scrape needs no others. */
  static final Set<String> NAMES =
      Set.of(
          IN_FLIGHT,
          EXECUTING,
          NOMINAL,
          LIMIT,
          QUEUED,
          REJECTED,
          COUNT,
          SECONDS,
          LONG_RUNNING,
          CONSISTENT,
          WAITS,
          WAITED,
          CACHE_VERSION);

  private ApiServerMetrics() {}

  /** Whether a series is about all kinds, or about one of these. */
  static boolean concerns(Sample sample, Collection<String> kinds) {
    return !sample.labels().containsKey("resource")
        || (sample.label("subresource").isEmpty() && kinds.contains(kind(sample)));
  }

  /** Older servers write {@code deployments.apps} into the one label of a watch cache's kind. */
  private static String kind(Sample sample) {
    String group = sample.label("group");
    return sample.label("resource") + (group.isEmpty() ? "" : "." + group);
  }

  /** What the newest of some scrapes shows. */
  static Inside.Shown shown(
      Scrape now, Duration age, Recent<Scrape> recent, Collection<String> kinds) {
    return new Inside.Shown(
        now.bytes(),
        age,
        (int) now.sum(IN_FLIGHT, sample -> sample.label("request_kind").equals("readOnly")),
        (int) now.sum(IN_FLIGHT, sample -> sample.label("request_kind").equals("mutating")),
        levels(now, recent),
        kinds.stream().map(kind -> load(kind, now, recent)).toList());
  }

  private static List<PriorityLevel> levels(Scrape now, Recent<Scrape> recent) {
    Set<String> names = new TreeSet<>(now.values(NOMINAL, "priority_level"));
    names.addAll(now.values(EXECUTING, "priority_level"));
    return names.stream().map(name -> level(name, now, recent)).toList();
  }

  private static PriorityLevel level(String name, Scrape now, Recent<Scrape> recent) {
    Predicate<Sample> its = sample -> sample.label("priority_level").equals(name);
    Map<String, Double> rejected = new TreeMap<>();
    for (String reason : now.values(REJECTED, "reason")) {
      double rate =
          recent
              .rate(
                  scrape ->
                      scrape.sum(
                          REJECTED, its.and(sample -> sample.label("reason").equals(reason))))
              .orElse(0);
      if (rate > 0) {
        rejected.put(reason, rate);
      }
    }
    return new PriorityLevel(
        name,
        now.sum(EXECUTING, its),
        now.sum(NOMINAL, its),
        now.sum(LIMIT, its),
        now.sum(QUEUED, its),
        recent.rate(scrape -> scrape.sum(REJECTED, its)),
        rejected);
  }

  private static KindLoad load(String kind, Scrape now, Recent<Scrape> recent) {
    Predicate<Sample> its = sample -> kind(sample).equals(kind);
    Predicate<Sample> fellBack = its.and(sample -> sample.label("fallback").equals("true"));
    var lists = new Requests(recent, its, "LIST");
    var gets = new Requests(recent, its, "GET");
    return new KindLoad(
        kind,
        lists.rate(),
        lists.each(),
        gets.rate(),
        gets.each(),
        (int) now.sum(LONG_RUNNING, its.and(verb("WATCH"))),
        new Requests(recent, its, "WATCH").rate(),
        recent.rate(scrape -> scrape.sum(CONSISTENT, its) - scrape.sum(CONSISTENT, fellBack)),
        recent.rate(scrape -> scrape.sum(CONSISTENT, fellBack)),
        recent.each(scrape -> scrape.sum(WAITED, its), scrape -> scrape.sum(WAITS, its)),
        now.value(CACHE_VERSION, its));
  }

  private static Predicate<Sample> verb(String verb) {
    return sample -> sample.label("verb").equals(verb);
  }

  /** Requests of one verb that have ended. */
  private record Requests(Recent<Scrape> recent, Predicate<Sample> kind, String verb) {

    OptionalDouble rate() {
      return recent.rate(this::count);
    }

    OptionalDouble each() {
      return recent.each(
          scrape -> scrape.sum(SECONDS, kind.and(ApiServerMetrics.verb(verb))), this::count);
    }

    private double count(Scrape scrape) {
      return scrape.sum(COUNT, kind.and(ApiServerMetrics.verb(verb)));
    }
  }
}
