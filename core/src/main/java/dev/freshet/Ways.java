package dev.freshet;

import dev.freshet.fence.Experience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The ways to a strong answer, each with what it would take, the best first. A pure function of
 * what is asked and measured.
 *
 * <p>A way's price is the time it takes plus the work it makes for the server, both in
 * milliseconds. Another way than the last must be better by {@link #CLEARLY}, so that the choice
 * does not swing to and fro.
 */
final class Ways {

  /** How many times cheaper another way must be. */
  static final double CLEARLY = 1.5;

  /** A probe is a quorum read of nothing. */
  private static final double PROBE_WORK = 1;

  /** A watch that begins, is told one bookmark and ends. */
  private static final double WATCH_WORK = 20;

  /** A write: consensus, a disk, and an event to everybody who watches the kind. */
  private static final double TOUCH_WORK = 5;

  private static final double LIST_WORK = 1;
  private static final double WORK_PER_SCANNED = 0.002;
  private static final double WORK_PER_BYTE = 15e-6;

  /** The longest that a stream without events keeps anybody waiting: its bookmark each minute. */
  private static final double LONGEST_MILLIS = 60_000;

  /**
   * However often probes found nothing new: the next write elsewhere may come between, and then a
   * probe alone waits for very long.
   */
  private static final double MOST_CERTAIN = 0.9;

  private Ways() {}

  /** A way and its price. */
  private record Way(Plan.Candidate candidate, double price) {}

  /**
   * Every way that can be had.
   *
   * @param servable whether the server could answer the query
   */
  static List<Plan.Candidate> of(
      Query query, CacheView cache, Measurements measured, boolean servable) {
    List<Way> ways = new ArrayList<>();
    if (cache instanceof CacheView.Ready ready) {
      measured.fences().ifPresent(fences -> addFences(ways, ready, fences));
    }
    ways.sort(Comparator.comparingDouble(Way::price));
    preferIncumbent(ways, measured.incumbent());
    if (servable) {
      Way direct = direct(query, cache, measured.direct());
      ways.add(ways.isEmpty() || direct.price < ways.getFirst().price ? 0 : ways.size(), direct);
    }
    return ways.stream().map(Way::candidate).toList();
  }

  private static void preferIncumbent(List<Way> ways, Optional<Route> incumbent) {
    for (Way way : List.copyOf(ways)) {
      if (incumbent.equals(Optional.of(way.candidate.route()))
          && way.price <= CLEARLY * ways.getFirst().price) {
        ways.remove(way);
        ways.addFirst(way);
      }
    }
  }

  private static void addFences(List<Way> ways, CacheView.Ready ready, Experience fences) {
    if (ready.fences() == CacheView.Fences.NONE) {
      return;
    }
    double probe = millis(fences.probe());
    double event = Math.min(LONGEST_MILLIS, 1_000 / Math.max(1e-9, fences.changesPerSecond()));
    double sureWait = 1 - Math.min(MOST_CERTAIN, fences.atOnce());
    double wait = 1 - fences.atOnce();
    double doubt = (sureWait - wait) * event;
    ways.add(fence(Route.PROBE, 1, probe + wait * event, PROBE_WORK + doubt, ready));
    ways.add(
        fence(
            Route.BOOKMARK,
            2,
            probe + wait * Math.min(event, millis(fences.bookmark())),
            PROBE_WORK + sureWait * WATCH_WORK,
            ready));
    if (ready.fences() == CacheView.Fences.ALL) {
      ways.add(fence(Route.TOUCH, 1, millis(fences.touch()), TOUCH_WORK, ready));
    }
  }

  /**
   * A fence of the cache.
   *
   * @param millis what it is expected to take
   * @param more what else counts against it
   */
  private static Way fence(
      Route route, int requests, double millis, double more, CacheView.Ready ready) {
    return new Way(
        new Plan.Candidate(
            route,
            requests,
            OptionalInt.of(ready.scanned()),
            Optional.of(duration(millis)),
            OptionalLong.of(FENCE_BYTES)),
        millis + more);
  }

  /** Of a probe's or a touch's answer, about. */
  static final long FENCE_BYTES = 500;

  /** A list from the server; it uses an index only for a single name. */
  static Plan.Candidate direct(Query query, CacheView cache, Measurements measured) {
    return direct(query, cache, measured.direct()).candidate;
  }

  private static Way direct(Query query, CacheView cache, Measurements.Direct costs) {
    boolean single = query.singleName().isPresent();
    if (!single && !(cache instanceof CacheView.Ready)) {
      // Nobody knows how many there are.
      Plan.Candidate blind =
          new Plan.Candidate(
              Route.DIRECT, 1, OptionalInt.empty(), Optional.empty(), OptionalLong.empty());
      return new Way(blind, Double.MAX_VALUE);
    }
    int scanned = single ? 1 : ((CacheView.Ready) cache).atServer();
    int matches = single ? 1 : ((CacheView.Ready) cache).scanned();
    double bytes = matches * costs.bytesPerObject();
    double millis =
        millis(costs.request())
            + (scanned * costs.nanosPerScanned() + bytes * costs.nanosPerByte()) / 1e6;
    double work = LIST_WORK + scanned * WORK_PER_SCANNED + bytes * WORK_PER_BYTE;
    return new Way(
        new Plan.Candidate(
            Route.DIRECT,
            1,
            OptionalInt.of(scanned),
            Optional.of(duration(millis)),
            OptionalLong.of((long) bytes)),
        millis + work);
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  private static Duration duration(double millis) {
    return Duration.ofNanos((long) (millis * 1e6));
  }
}
