package dev.freshet;

import dev.freshet.error.FenceException;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.session.Demand;
import dev.freshet.store.Cut;
import dev.freshet.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds the state of one kind's cache that a read of a level could be answered from. The server is
 * asked how far it is, never for the objects. For one thread, once.
 */
final class PinCall {

  private final Serving serving;
  private final ReadFloor floor;

  PinCall(Cluster cluster, Scope scope, Optional<Session> session, Consistency level) {
    Deadline deadline = Deadline.in(scope.within(), cluster.time());
    this.serving =
        new Serving(
            cluster,
            scope,
            session,
            Query.everything(),
            level,
            deadline,
            (cut, plan) -> cached(cluster, scope).none(cut, scope, plan));
    this.floor = new ReadFloor(serving);
  }

  private static CachedReads cached(Cluster cluster, Scope scope) {
    return new CachedReads(cluster, cluster.cache(scope.type()).orElseThrow());
  }

  Pinned take() {
    serving.cluster().requireOpen();
    // Refuses what no cache could answer.
    Plan plan = Planner.cached(serving.level(), serving.scope().type(), view());
    Pinned found =
        switch (serving.level()) {
          case Consistency.Cached cached -> held(plan);
          case Consistency.Strong strong -> fenced();
          case Consistency.Within within -> young(within.behind(), plan);
          case Consistency.Waiting waiting -> shown(floor::demand, held(plan), plan);
          case Consistency.Exactly exactly ->
              throw new UnsupportedReadException(
                  "a state cannot be pinned " + exactly, "List with exactly(token) instead.");
        };
    return serving
        .session()
        .map(own -> shown(() -> own.demand(serving.scope()), found, plan))
        .orElse(found);
  }

  private CacheView view() {
    return CacheView.of(serving.cluster(), serving.scope(), serving.query());
  }

  private Pinned held(Plan plan) {
    return pinned(serving.now(), Demand.NONE, plan);
  }

  private Pinned pinned(Cut cut, Demand met, Plan plan) {
    return pinned(cut, serving.fromCache(cut, met, plan));
  }

  private Pinned pinned(Cut cut, Answer answer) {
    return new Pinned(cut, serving.scope(), answer.provenance());
  }

  private Pinned young(Duration most, Plan plan) {
    serving.cache().keepWithin(most, serving.scope());
    Aged held = serving.aged();
    return held.isAtMost(most)
        ? pinned(held.cut(), serving.fromCache(held, Demand.NONE, plan))
        : fenced();
  }

  /** By the cheapest fence, and should that be in vain by the cheapest other one. */
  private Pinned fenced() {
    Plan first = fencePlan();
    Duration patience = FencedReads.atMost(serving.deadline().remaining().dividedBy(2));
    return switch (serving.afterFence(first, patience, Demand.NONE)) {
      case FencedReads.Outcome.Answered(Answer answer, Cut cut) -> pinned(cut, answer);
      case FencedReads.Outcome.InVain(String why, int requests) -> fencedOtherwise(first, why);
    };
  }

  /** A fence in vain changes nothing that is measured, so the plan alone would try it again. */
  private Pinned fencedOtherwise(Plan first, String why) {
    Plan second = otherFence(first, why).orElseThrow(() -> inVain(why));
    return switch (serving.afterFence(second, serving.deadline().remaining(), Demand.NONE)) {
      case FencedReads.Outcome.Answered(Answer answer, Cut cut) -> pinned(cut, answer);
      case FencedReads.Outcome.InVain(String again, int requests) ->
          throw inVain(why + "; " + again);
    };
  }

  private Optional<Plan> otherFence(Plan first, String why) {
    if (serving.scope().fence() != Fence.AUTO) {
      return Optional.empty();
    }
    Plan now = fencePlan();
    return now.candidates().stream()
        .map(Plan.Candidate::route)
        .filter(route -> route != first.route())
        .findFirst()
        .map(route -> now.instead(route, why + ", so another fence"));
  }

  private Plan fencePlan() {
    return Planner.fenced(
        serving.level(),
        serving.scope(),
        view(),
        Measurements.of(serving.cluster(), serving.scope()));
  }

  private FenceException inVain(String why) {
    return new FenceException(
        "the cache of " + serving.scope().type() + " could not be shown to be current: " + why,
        "Allow more time, or look at the load on the API server.");
  }

  /** The same if it shows all that it must, else the next that does. */
  private Pinned shown(Supplier<Demand> demanded, Pinned found, Plan plan) {
    Demand demand = floor.settled(demanded.get(), demanded, serving.deadline());
    demand
        .needsServer()
        .ifPresent(
            why -> {
              throw new UnsupportedReadException(
                  "only the server can show what must be seen: " + why,
                  "Pin a strong() state, or list.");
            });
    floor.requireOrdered(demand);
    if (floor.isMet(demand, found.cut())) {
      return found;
    }
    Cut later =
        floor
            .await(demand, serving.deadline())
            .orElseThrow(
                () -> floor.behind(demand, serving.cache().cut(serving.scope().namespaces())));
    return pinned(
        later, demand, plan.instead(plan.route(), floor.position(demand, Optional.of(later))));
  }
}
