package dev.freshet;

import dev.freshet.error.CacheNotSyncedException;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.object.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Chooses the way for a read. A pure function of what was asked and what is known. */
final class Planner {

  private Planner() {}

  /** The plan of a read that nothing went before. */
  static Plan plan(Consistency level, Scope scope, Query query, CacheView cache) {
    return plan(level, scope, query, cache, new FloorView.Met("the cache is synced"));
  }

  static Plan plan(Consistency level, Scope scope, Query query, CacheView cache, FloorView floor) {
    return switch (level) {
      case Consistency.Cached cached -> cachedPlan(cached, scope.type(), cache);
      case Consistency.Strong strong -> strongPlan(strong, scope.fence(), query, cache);
      case Consistency.Exactly exactly -> exactPlan(exactly, query, cache, floor);
      case Consistency.Within within -> withinPlan(within, scope, query, cache, floor);
      case Consistency.Waiting waiting -> floorPlan(waiting, scope.type(), query, cache, floor);
    };
  }

  private static Plan exactPlan(Consistency level, Query query, CacheView cache, FloorView floor) {
    Plan.Candidate there = new Plan.Candidate(Route.EXACT, 1, direct(query, cache).scanned());
    return switch (floor) {
      case FloorView.Met met ->
          new Plan(
              level,
              Route.SNAPSHOT,
              met.why(),
              List.of(new Plan.Candidate(Route.SNAPSHOT, 0, cache.scannedHere()), there));
      case FloorView.Behind behind -> new Plan(level, Route.EXACT, behind.why(), List.of(there));
      case FloorView.ServerOnly only -> new Plan(level, Route.EXACT, only.why(), List.of(there));
    };
  }

  private static Plan withinPlan(
      Consistency.Within level, Scope scope, Query query, CacheView cache, FloorView floor) {
    Plan strong = strongPlan(level, fenceFor(scope, cache), query, cache);
    if (cache instanceof CacheView.Ready && floor instanceof FloorView.Met met) {
      List<Plan.Candidate> candidates = new ArrayList<>();
      candidates.add(new Plan.Candidate(Route.CACHED, 0, cache.scannedHere()));
      candidates.addAll(strong.candidates());
      return new Plan(level, Route.CACHED, met.why(), candidates);
    }
    return floor instanceof FloorView.Behind behind && cache instanceof CacheView.Ready
        ? strong.instead(strong.route(), behind.why() + ": " + strong.why())
        : strong;
  }

  /** The named fence; where none is, the one that needs no luck. */
  private static Fence fenceFor(Scope scope, CacheView cache) {
    if (scope.fence() != Fence.DIRECT || !(cache instanceof CacheView.Ready ready)) {
      return scope.fence();
    }
    return switch (ready.fences()) {
      case NONE -> Fence.DIRECT;
      case WITHOUT_TOUCH -> Fence.BOOKMARK;
      case ALL -> Fence.TOUCH;
    };
  }

  private static Plan floorPlan(
      Consistency.Waiting level, ResourceType type, Query query, CacheView cache, FloorView floor) {
    Plan.Candidate here = new Plan.Candidate(Route.CACHED, 0, cache.scannedHere());
    Plan.Candidate there = direct(query, cache);
    String unable =
        switch (cache) {
          case CacheView.Undeclared undeclared -> "no cache of " + type + " is declared";
          case CacheView.OutOfScope outside -> "the cache of " + type + " holds " + outside.holds();
          case CacheView.Unanswerable unanswerable ->
              "a cache of " + type + " cannot select by field " + unanswerable.field();
          case CacheView.NoIndex(String problem, String remedy) ->
              throw new UnsupportedReadException(problem, remedy);
          case CacheView.NotSynced waiting -> "";
          case CacheView.Ready ready -> "";
        };
    if (!unable.isEmpty()) {
      return new Plan(level, Route.DIRECT, unable, List.of(there));
    }
    String wait = "waits up to " + level.waitingAtMost().toMillis() + " ms for the cache";
    return switch (floor) {
      case FloorView.ServerOnly only -> new Plan(level, Route.DIRECT, only.why(), List.of(there));
      case FloorView.Met met -> new Plan(level, Route.CACHED, met.why(), List.of(here, there));
      case FloorView.Behind behind ->
          new Plan(
              level,
              Route.CACHED,
              wait + ": " + behind.why() + ", then " + level.otherwise(),
              List.of(here, there));
    };
  }

  private static Plan cachedPlan(Consistency level, ResourceType type, CacheView cache) {
    return switch (cache) {
      case CacheView.Undeclared undeclared ->
          throw new UnsupportedReadException(
              "no cache of " + type + " is declared",
              "Declare one when connecting, or read with strong().");
      case CacheView.OutOfScope outside ->
          throw new UnsupportedReadException(
              "the cache of " + type + " holds " + outside.holds(),
              "Ask for no more than that, declare a wider cache, or read with strong().");
      case CacheView.Unanswerable unanswerable ->
          throw new UnsupportedReadException(
              "a cache of " + type + " cannot select by field " + unanswerable.field(),
              "Read with strong(), or select by label.");
      case CacheView.NoIndex(String problem, String remedy) ->
          throw new UnsupportedReadException(problem, remedy);
      case CacheView.NotSynced waiting ->
          throw new CacheNotSyncedException(
              "the cache of " + type + " has no complete list yet (" + waiting.why() + ")",
              "Call awaitSynced() first, or read with strong().");
      case CacheView.Ready ready ->
          new Plan(
              level,
              Route.CACHED,
              "the cache is declared and synced; looks at "
                  + ready.scanned()
                  + " of "
                  + ready.held(),
              List.of(new Plan.Candidate(Route.CACHED, 0, ready.scannedHere())));
    };
  }

  private static Plan strongPlan(Consistency level, Fence wanted, Query query, CacheView cache) {
    String unable = unable(wanted, cache);
    if (unable.isEmpty() && wanted != Fence.DIRECT) {
      Route route =
          switch (wanted) {
            case DIRECT -> Route.DIRECT;
            case PROBE -> Route.PROBE;
            case BOOKMARK -> Route.BOOKMARK;
            case TOUCH -> Route.TOUCH;
          };
      List<Plan.Candidate> candidates = new ArrayList<>();
      candidates.add(
          new Plan.Candidate(route, route == Route.BOOKMARK ? 2 : 1, cache.scannedHere()));
      if (query.indexed().isEmpty()) {
        candidates.add(direct(query, cache));
      }
      return new Plan(level, route, "a fence of the declared cache, as asked for", candidates);
    }
    DirectReads.requireServable(query);
    return new Plan(
        level,
        Route.DIRECT,
        "a consistent list from the API server"
            + (query.singleName().isPresent() ? ", of one name" : "")
            + (unable.isEmpty() ? "" : ", since " + unable),
        List.of(direct(query, cache)));
  }

  /** Why the fence that is wanted cannot be had; empty if it can. */
  private static String unable(Fence wanted, CacheView cache) {
    if (wanted == Fence.DIRECT) {
      return "";
    }
    return switch (cache) {
      case CacheView.Undeclared undeclared -> "no cache is declared";
      case CacheView.OutOfScope outside -> "the cache holds " + outside.holds();
      case CacheView.Unanswerable unanswerable ->
          "a cache cannot select by field " + unanswerable.field();
      case CacheView.NoIndex(String problem, String remedy) -> problem;
      case CacheView.NotSynced waiting -> "the cache has no complete list yet";
      case CacheView.Ready ready ->
          switch (ready.fences()) {
            case NONE -> "the cache has several streams here, or versions without an order";
            case WITHOUT_TOUCH -> wanted == Fence.TOUCH ? "no object to touch is declared" : "";
            case ALL -> "";
          };
    };
  }

  private static Plan.Candidate direct(Query query, CacheView cache) {
    // The server filters what it lists; it uses an index only for a single name.
    boolean single = query.singleName().isPresent();
    OptionalInt scanned =
        single
            ? OptionalInt.of(1)
            : cache instanceof CacheView.Ready ready
                ? OptionalInt.of(ready.held())
                : OptionalInt.empty();
    return new Plan.Candidate(Route.DIRECT, 1, scanned);
  }
}
