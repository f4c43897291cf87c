package dev.freshet.trials.levels;

import dev.freshet.testkit.history.Route;
import dev.freshet.testkit.judge.Quotas;
import java.util.EnumMap;
import java.util.Map;

/** How often each route must really have been taken, in proportion to the reads of a leg. */
final class Quota {
  /** The reads for which the standard quotas are meant. */
  static final long READS = 200_000;

  private Quota() {}

  /** Those of a whole run, or fewer for fewer reads. */
  static Quotas of(long reads) {
    var whole = Quotas.standard();
    double part = Math.min(1, (double) reads / READS);
    Map<Route, Long> routes = new EnumMap<>(Route.class);
    whole.reads().forEach((route, count) -> routes.put(route, Math.round(count * part)));
    return new Quotas(
        Math.round(whole.strongReads() * part),
        routes,
        whole.directShareBelow(),
        whole.operationsPerSecond());
  }
}
