package dev.freshet;

import dev.freshet.error.CacheTooOldException;
import dev.freshet.session.Demand;
import java.util.List;

/**
 * A read {@code within(d)}: from the cache while that is known to be no older, and by the cheapest
 * strong way otherwise. For one thread, once.
 */
final class WithinRead {

  private final Serving serving;
  private final Consistency.Within level;
  private final CacheView view;

  WithinRead(Serving serving, Consistency.Within level) {
    this.serving = serving;
    this.level = level;
    this.view = CacheView.of(serving.cluster(), serving.scope(), serving.query());
  }

  Answer answer() {
    boolean couldAnswer = view.couldAnswer();
    if (couldAnswer) {
      serving.cache().keepWithin(level.behind(), serving.scope());
    }
    if (view instanceof CacheView.Ready) {
      Aged held = serving.aged();
      if (held.isAtMost(level.behind())) {
        return serving.fromCache(
            held, Demand.NONE, new Plan(level, Route.CACHED, held.toString(), List.of()));
      }
    }
    if (couldAnswer) {
      serving.cache().promoted(serving.scope().namespaces());
    }
    Plan plan = plan();
    boolean mayAsk = level.otherwise() == Consistency.Otherwise.ASK_SERVER || !couldAnswer;
    return plan.route() == Route.DIRECT && mayAsk
        ? serving.fromServer(Demand.NONE, plan)
        : refreshed(mayAsk ? plan : plan.withoutServer());
  }

  /** What this would do now. */
  Plan plan() {
    return Planner.within(
        level,
        serving.scope(),
        serving.query(),
        view,
        floor(),
        Measurements.of(serving.cluster(), serving.scope()));
  }

  private FloorView floor() {
    if (!(view instanceof CacheView.Ready)) {
      return new FloorView.Behind("it has no complete list yet");
    }
    Aged held = serving.aged();
    return held.isAtMost(level.behind())
        ? new FloorView.Met(held.toString())
        : new FloorView.Behind(held.toString());
  }

  private Answer refreshed(Plan plan) {
    return switch (outcome(plan)) {
      case FencedReads.Outcome.Answered answered -> answered.answer();
      case FencedReads.Outcome.InVain(String why, int requests) ->
          switch (level.otherwise()) {
            case ASK_SERVER ->
                serving
                    .fromServer(Demand.NONE, plan.instead(Route.DIRECT, why))
                    .afterRequests(requests);
            case FAIL -> throw tooOld();
            case SERVE_STALE -> stale(plan.instead(Route.CACHED, why)).afterRequests(requests);
          };
    };
  }

  private FencedReads.Outcome outcome(Plan plan) {
    if (level.waitingAtMost().isZero()) {
      return new FencedReads.Outcome.InVain("the read was not to wait", 0);
    }
    return switch (plan.route()) {
      case PROBE, BOOKMARK, TOUCH -> serving.afterFence(plan, level.waitingAtMost(), Demand.NONE);
      // The cache has just become fresh enough, or there is no fence to be had.
      case CACHED, DIRECT, SNAPSHOT, EXACT -> new FencedReads.Outcome.InVain(plan.why(), 0);
    };
  }

  private Answer stale(Plan plan) {
    Aged held = serving.aged();
    Answer answer = serving.fromCache(held, Demand.NONE, plan);
    return held.isAtMost(level.behind())
        ? answer
        : new Answer(answer.objects(), answer.provenance().notSatisfied(plan.why()));
  }

  private CacheTooOldException tooOld() {
    return new CacheTooOldException(
        serving.scope().type().qualifiedName(),
        level.behind(),
        serving
            .cache()
            .cut(serving.scope().namespaces())
            .flatMap(held -> serving.aged(held).behindAtMost()),
        serving.deadline().elapsed());
  }
}
