package dev.freshet.cli.top;

import dev.freshet.cli.measure.Recent;
import dev.freshet.cli.top.Counts.Caller;
import dev.freshet.cli.top.Seen.CacheRow;
import dev.freshet.load.Budget;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Looks at a source and at the API server, and makes rates of what they count. For one look at a
 * time.
 */
public final class Top {

  private final Look.Server server;
  private final Source source;
  private final InsideProbe inside;
  private final Recent<Counts> recent = new Recent<>();

  public Top(Look.Server server, Source source, InsideProbe inside) {
    this.server = server;
    this.source = source;
    this.inside = inside;
  }

  /**
   * Looks once: takes as long as whoever is asked takes to answer.
   *
   * @throws dev.freshet.error.FreshetException if there is nothing to show, not even of before
   */
  public Look look(ZonedDateTime time) {
    Seen seen = source.look();
    if (seen.trouble().isEmpty()) {
      recent.add(System.nanoTime(), seen.counts());
    }
    List<String> kinds = seen.caches().stream().map(CacheRow::kind).distinct().toList();
    return new Look(
        server,
        time,
        source.subject(),
        seen.trouble(),
        source.isOwn(),
        seen.caches().stream().map(this::kind).toList(),
        seen.counts().callers().keySet().stream().map(name -> caller(name, seen.counts())).toList(),
        met(seen.counts()),
        inside.look(System.nanoTime(), kinds));
  }

  private Look.Kind kind(CacheRow cache) {
    return new Look.Kind(cache.staleness(), recent.rate(counts -> counts.readsOf(cache.kind())));
  }

  private Look.Caller caller(String name, Counts now) {
    Caller caller = now.caller(name);
    OptionalDouble requests = rate(name, Caller::requests);
    OptionalDouble bytes = rate(name, Caller::bytes);
    return new Look.Caller(
        name,
        rate(name, Caller::reads),
        requests,
        bytes,
        caller.inFlight(),
        caller.waiting(),
        rate(name, Caller::overBudget),
        rate(name, Caller::refused),
        caller.budget().isEmpty()
            ? OptionalDouble.empty()
            : share(caller.budget().get(), requests, bytes, caller.inFlight()));
  }

  private OptionalDouble rate(String caller, ToDoubleFunction<Caller> count) {
    return recent.rate(counts -> count.applyAsDouble(counts.caller(caller)));
  }

  /** How much of the bound that is nearest. */
  private static OptionalDouble share(
      Budget budget, OptionalDouble requests, OptionalDouble bytes, int inFlight) {
    return DoubleStream.of(
            budget.limitsRequests() && requests.isPresent()
                ? requests.getAsDouble() / budget.requestsPerSecond()
                : -1,
            budget.limitsBytes() && bytes.isPresent()
                ? bytes.getAsDouble() / budget.bytesPerSecond()
                : -1,
            budget.concurrent() < Integer.MAX_VALUE ? (double) inFlight / budget.concurrent() : -1)
        .filter(share -> share >= 0)
        .max();
  }

  private Look.Met met(Counts now) {
    return new Look.Met(
        now.server(),
        recent.rate(counts -> counts.server().answered()),
        recent.rate(counts -> counts.server().refused()),
        recent.rate(counts -> counts.server().failed()),
        recent.rate(counts -> counts.server().unanswered()));
  }
}
