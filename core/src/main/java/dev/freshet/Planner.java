package dev.freshet;

import dev.freshet.error.CacheNotSyncedException;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.object.ResourceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Chooses the way for a read. A pure function of what was asked and what is known. */
final class Planner {

  private Planner() {}

  /** From a past snapshot if the floor is met by one, else from the server. */
  static Plan exact(
      Consistency level, Query query, CacheView cache, FloorView floor, Measurements measured) {
    Plan.Candidate list = Ways.direct(query, cache, measured);
    Plan.Candidate there =
        new Plan.Candidate(Route.EXACT, 1, list.scanned(), list.latency(), list.bytes());
    return switch (floor) {
      case FloorView.Met met ->
          new Plan(
              level,
              Route.SNAPSHOT,
              met.why(),
              List.of(Plan.Candidate.here(Route.SNAPSHOT, cache.scannedHere()), there));
      case FloorView.Behind behind -> new Plan(level, Route.EXACT, behind.why(), List.of(there));
      case FloorView.ServerOnly only -> new Plan(level, Route.EXACT, only.why(), List.of(there));
    };
  }

  /** From the cache if that is fresh enough, else by the best strong way. */
  static Plan within(
      Consistency.Within level,
      Scope scope,
      Query query,
      CacheView cache,
      FloorView floor,
      Measurements measured) {
    Plan strong = strong(level, scope, query, cache, measured);
    if (!(cache instanceof CacheView.Ready)) {
      return strong;
    }
    return switch (floor) {
      case FloorView.Met met -> {
        List<Plan.Candidate> candidates = new ArrayList<>();
        candidates.add(Plan.Candidate.here(Route.CACHED, cache.scannedHere()));
        candidates.addAll(strong.candidates());
        yield new Plan(level, Route.CACHED, met.why(), candidates);
      }
      case FloorView.Behind behind ->
          strong.instead(strong.route(), behind.why() + ": " + strong.why());
      case FloorView.ServerOnly only -> strong;
    };
  }

  /** From the cache once it has reached the floor, unless only the server can show it. */
  static Plan waiting(
      Consistency.Waiting level,
      ResourceType type,
      Query query,
      CacheView cache,
      FloorView floor,
      Measurements measured) {
    Plan.Candidate here = Plan.Candidate.here(Route.CACHED, cache.scannedHere());
    Plan.Candidate there = Ways.direct(query, cache, measured);
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

  /**
   * From the cache as it is.
   *
   * @throws UnsupportedReadException if no cache could answer, whatever it holds
   * @throws CacheNotSyncedException if it has no complete list yet
   */
  static Plan cached(Consistency level, ResourceType type, CacheView cache) {
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
              List.of(Plan.Candidate.here(Route.CACHED, ready.scannedHere())));
    };
  }

  /** By the fence that the scope names, or the cheapest way if it names none. */
  static Plan strong(
      Consistency level, Scope scope, Query query, CacheView cache, Measurements measured) {
    Fence wanted = scope.fence();
    boolean servable = query.indexed().isEmpty();
    List<Plan.Candidate> ways = Ways.of(query, cache, measured, servable);
    String unable = unable(wanted, cache);
    if (!unable.isEmpty() || ways.isEmpty()) {
      DirectReads.requireServable(query);
      return direct(level, query, ways, ", since " + unable);
    }
    Route route = route(wanted, ways);
    if (route == Route.DIRECT) {
      DirectReads.requireServable(query);
      return direct(level, query, ways, wanted == Fence.AUTO ? cheapest(ways) : "");
    }
    return byFence(level, wanted, route, ways);
  }

  /**
   * By the fence that the scope names, or the cheapest if it names none; never by a list.
   *
   * @throws UnsupportedReadException if the cache has none
   */
  static Plan fenced(Consistency level, Scope scope, CacheView cache, Measurements measured) {
    Fence wanted = scope.fence();
    List<Plan.Candidate> ways = Ways.of(Query.everything(), cache, measured, false);
    String unable =
        wanted == Fence.DIRECT ? "a list from the server is no fence" : unable(wanted, cache);
    if (!unable.isEmpty() || ways.isEmpty()) {
      throw new UnsupportedReadException(
          "the cache of "
              + scope.type()
              + " cannot be shown to be current"
              + (unable.isEmpty() ? ": it has several streams here" : ": " + unable),
          "Declare the cache for all namespaces or for the one that is read, or list.");
    }
    return byFence(level, wanted, route(wanted, ways), ways);
  }

  private static Route route(Fence wanted, List<Plan.Candidate> ways) {
    return switch (wanted) {
      case AUTO -> ways.getFirst().route();
      case DIRECT -> Route.DIRECT;
      case PROBE -> Route.PROBE;
      case BOOKMARK -> Route.BOOKMARK;
      case TOUCH -> Route.TOUCH;
    };
  }

  private static Plan byFence(
      Consistency level, Fence wanted, Route route, List<Plan.Candidate> ways) {
    String why =
        "a fence of the declared cache, "
            + (wanted == Fence.AUTO ? "the cheapest way now" + cheapest(ways) : "as asked for");
    return new Plan(level, route, why, first(route, ways));
  }

  private static Plan direct(
      Consistency level, Query query, List<Plan.Candidate> ways, String since) {
    return new Plan(
        level,
        Route.DIRECT,
        "a consistent list from the API server"
            + (query.singleName().isPresent() ? ", of one name" : "")
            + since,
        first(Route.DIRECT, ways));
  }

  /** What was chosen over what, in words. */
  private static String cheapest(List<Plan.Candidate> ways) {
    return ways.stream()
        .filter(way -> way.latency().isPresent())
        .map(way -> way.route() + " " + way.latency().get().toMillis() + " ms")
        .collect(Collectors.joining(", ", ": about ", ""));
  }

  /** The same candidates, that of the route first. */
  private static List<Plan.Candidate> first(Route route, List<Plan.Candidate> ways) {
    return ways.stream().sorted(Comparator.comparing(way -> way.route() != route)).toList();
  }

  /** Why the fence that is wanted cannot be had; empty if it can. */
  private static String unable(Fence wanted, CacheView cache) {
    if (wanted == Fence.DIRECT || (wanted == Fence.AUTO && cache instanceof CacheView.Ready)) {
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
            case TOUCH_REFUSED -> wanted == Fence.TOUCH ? "the last touch was refused" : "";
            case ALL -> "";
          };
    };
  }
}
