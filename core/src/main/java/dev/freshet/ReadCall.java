package dev.freshet;

import dev.freshet.Consistency.Cached;
import dev.freshet.Consistency.Exactly;
import dev.freshet.Consistency.Strong;
import dev.freshet.Consistency.Waiting;
import dev.freshet.Consistency.Within;
import dev.freshet.error.FreshetException;
import dev.freshet.session.Demand;
import dev.freshet.store.Cut;
import dev.freshet.store.Snapshot;
import dev.freshet.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * One read on its way: what it must show, the plan, the wait for the cache, and what to do if that
 * was in vain. Tells its session what it gave. For one thread, once.
 */
final class ReadCall {

  private final Cluster cluster;
  private final Scope scope;
  private final Optional<Session> session;
  private final Query query;
  private final Consistency level;
  private final Serving serving;
  private final ReadFloor floor;

  private ReadCall(Serving serving) {
    this.cluster = serving.cluster();
    this.scope = serving.scope();
    this.session = serving.session();
    this.query = serving.query();
    this.level = serving.level();
    this.serving = serving;
    this.floor = new ReadFloor(serving);
  }

  /** The objects that match. */
  static ReadCall list(
      Cluster cluster, Scope scope, Optional<Session> session, Query query, Consistency level) {
    return of(
        cluster,
        scope,
        session,
        query,
        level,
        (cut, plan) -> cached(cluster, scope).list(cut, scope, query, plan));
  }

  /** One object; the query is what the server would be asked instead. */
  static ReadCall get(
      String name,
      Cluster cluster,
      Scope scope,
      Optional<Session> session,
      Query query,
      Consistency level) {
    return of(
        cluster,
        scope,
        session,
        query,
        level,
        (cut, plan) -> cached(cluster, scope).get(cut, scope.key(name), scope, plan));
  }

  private static ReadCall of(
      Cluster cluster,
      Scope scope,
      Optional<Session> session,
      Query query,
      Consistency level,
      BiFunction<Cut, Plan, Answer> fromCut) {
    Deadline deadline = Deadline.in(scope.within(), cluster.time());
    return new ReadCall(new Serving(cluster, scope, session, query, level, deadline, fromCut));
  }

  private static CachedReads cached(Cluster cluster, Scope scope) {
    return new CachedReads(cluster, cluster.cache(scope.type()).orElseThrow());
  }

  /** What this would do now. */
  Plan plan() {
    return switch (level) {
      case Cached cached -> cachedPlan();
      case Strong strong -> strongPlan();
      case Exactly exactly -> {
        ExactVersion wanted = ExactVersion.of(exactly.token(), cluster, scope);
        CacheView view = view();
        yield exactPlan(view, wanted.floor(wanted.held(view, serving.atMost(Duration.ZERO))));
      }
      case Within within -> new WithinRead(serving, within).plan();
      case Waiting waiting -> waitingPlan(waiting, floor.demand());
    };
  }

  private Plan cachedPlan() {
    return Planner.cached(level, scope.type(), view());
  }

  private Plan strongPlan() {
    return Planner.strong(level, scope, query, view(), Measurements.of(cluster, scope));
  }

  private Plan exactPlan(CacheView view, FloorView floor) {
    return Planner.exact(level, query, view, floor, Measurements.ofServer(cluster, scope));
  }

  private Plan waitingPlan(Waiting waiting, Demand demand) {
    return Planner.waiting(
        waiting,
        scope.type(),
        query,
        view(),
        floorView(demand),
        Measurements.ofServer(cluster, scope));
  }

  private CacheView view() {
    return CacheView.of(cluster, scope, query);
  }

  Answer answer() {
    cluster.requireOpen();
    try {
      Answer answer = answered();
      cluster.accounting().answered(serving, answer);
      return answer;
    } catch (FreshetException e) {
      cluster.accounting().failed(serving, e);
      throw e;
    }
  }

  private Answer answered() {
    return switch (level) {
      case Cached cached -> {
        Plan plan = cachedPlan();
        yield serving.fromCache(serving.now(), Demand.NONE, plan);
      }
      case Strong strong -> strong(strongPlan());
      case Exactly exactly -> exactly(exactly);
      case Within within -> new WithinRead(serving, within).answer();
      case Waiting waiting -> patient(waiting, floor.demand());
    };
  }

  private Answer strong(Plan plan) {
    if (plan.route() == Route.DIRECT) {
      return serving.fromServer(Demand.NONE, plan);
    }
    // Half of the time is kept for asking the server, should the fence be in vain.
    Duration patience = FencedReads.atMost(serving.deadline().remaining().dividedBy(2));
    return switch (serving.afterFence(plan, patience, Demand.NONE)) {
      case FencedReads.Outcome.Answered answered -> answered.answer();
      case FencedReads.Outcome.InVain vain ->
          serving
              .fromServer(Demand.NONE, plan.instead(Route.DIRECT, vain.why()))
              .afterRequests(vain.requests());
    };
  }

  private Answer exactly(Exactly level) {
    ExactVersion wanted = ExactVersion.of(level.token(), cluster, scope);
    CacheView view = view();
    Optional<Snapshot> held = wanted.held(view, serving.atMost(Waiting.DEFAULT_WAIT));
    Plan plan = exactPlan(view, wanted.floor(held));
    if (held.isPresent()) {
      Answer answer = serving.fromCache(new Cut(List.of(held.get())), Demand.NONE, plan);
      return new Answer(answer.objects(), answer.provenance().at(wanted.version()));
    }
    Deadline deadline = serving.deadline();
    Answer answer = wanted.fromServer(query, scope.within(deadline.remaining()), plan);
    session.ifPresent(own -> own.saw(scope, wanted.version()));
    return new Answer(answer.objects(), answer.provenance().waited(deadline.elapsed()));
  }

  private Answer patient(Waiting waiting, Demand first) {
    Plan hasty = waitingPlan(waiting, first);
    if (hasty.route() == Route.DIRECT) {
      return serving.fromServer(first, hasty);
    }
    Deadline patience = serving.atMost(waiting.waitingAtMost());
    Demand demand = floor.settled(first, floor::demand, patience);
    Plan plan = waitingPlan(waiting, demand);
    if (plan.route() == Route.DIRECT) {
      return serving.fromServer(demand, plan);
    }
    floor.requireOrdered(demand);
    Optional<Cut> enough = floor.await(demand, patience);
    if (enough.isPresent()) {
      return serving.fromCache(enough.get(), demand, plan);
    }
    Optional<Cut> now = cache().cut(scope.namespaces());
    return switch (waiting.otherwise()) {
      case ASK_SERVER -> serving.fromServer(demand, plan.instead(Route.DIRECT, late(demand, now)));
      case FAIL -> throw floor.behind(demand, now);
      case SERVE_STALE -> {
        Cut stale = now.orElseThrow(() -> floor.behind(demand, now));
        Answer answer = serving.fromCache(stale, Demand.NONE, plan);
        yield new Answer(answer.objects(), answer.provenance().notSatisfied(late(demand, now)));
      }
    };
  }

  private FloorView floorView(Demand demand) {
    if (demand.needsServer().isPresent()) {
      return new FloorView.ServerOnly(demand.needsServer().get());
    }
    Optional<Cut> cut = cluster.cache(scope.type()).flatMap(cache -> cache.cut(scope.namespaces()));
    if (cut.isEmpty()) {
      return new FloorView.Behind("it has no complete list yet");
    }
    return floor.isMet(demand, cut.get())
        ? new FloorView.Met("the cache at " + cut.get().asOf() + " shows all that it must")
        : new FloorView.Behind(floor.position(demand, cut));
  }

  private String late(Demand demand, Optional<Cut> now) {
    return "after "
        + serving.deadline().elapsed().toMillis()
        + " ms "
        + floor.position(demand, now);
  }

  private Cache cache() {
    return serving.cache();
  }
}
