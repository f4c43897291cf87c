package dev.freshet;

import dev.freshet.Consistency.AtLeast;
import dev.freshet.Consistency.Cached;
import dev.freshet.Consistency.Exactly;
import dev.freshet.Consistency.ReadYourWrites;
import dev.freshet.Consistency.Strong;
import dev.freshet.Consistency.Waiting;
import dev.freshet.Consistency.Within;
import dev.freshet.error.CacheBehindException;
import dev.freshet.error.DeadlineException;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.feed.Feed;
import dev.freshet.object.ResourceVersion;
import dev.freshet.session.Demand;
import dev.freshet.store.Cut;
import dev.freshet.store.Snapshot;
import dev.freshet.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
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

  private ReadCall(Serving serving) {
    this.cluster = serving.cluster();
    this.scope = serving.scope();
    this.session = serving.session();
    this.query = serving.query();
    this.level = serving.level();
    this.serving = serving;
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
      case Waiting waiting -> waitingPlan(waiting, demand());
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
    return switch (level) {
      case Cached cached -> {
        Plan plan = cachedPlan();
        yield serving.fromCache(serving.now(), Demand.NONE, plan);
      }
      case Strong strong -> strong(strongPlan());
      case Exactly exactly -> exactly(exactly);
      case Within within -> new WithinRead(serving, within).answer();
      case Waiting waiting -> patient(waiting, demand());
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
    Demand demand = settled(first, patience);
    Plan plan = waitingPlan(waiting, demand);
    if (plan.route() == Route.DIRECT) {
      return serving.fromServer(demand, plan);
    }
    requireOrdered(demand);
    Optional<Cut> enough = await(demand, patience);
    if (enough.isPresent()) {
      return serving.fromCache(enough.get(), demand, plan);
    }
    Optional<Cut> now = cache().cut(scope.namespaces());
    return switch (waiting.otherwise()) {
      case ASK_SERVER -> serving.fromServer(demand, plan.instead(Route.DIRECT, late(demand, now)));
      case FAIL -> throw behind(demand, now);
      case SERVE_STALE -> {
        Cut stale = now.orElseThrow(() -> behind(demand, now));
        Answer answer = serving.fromCache(stale, Demand.NONE, plan);
        yield new Answer(answer.objects(), answer.provenance().notSatisfied(late(demand, now)));
      }
    };
  }

  private Demand demand() {
    return switch (level) {
      case Cached cached -> Demand.NONE;
      case Strong strong -> Demand.NONE;
      case Exactly exactly -> Demand.NONE;
      case Within within -> Demand.NONE;
      case ReadYourWrites own ->
          session
              .orElseThrow(
                  () ->
                      new UnsupportedReadException(
                          "readYourWrites() was asked of reads that belong to no session",
                          "Read by session().reads(…), or name another level."))
              .demand(scope);
      case AtLeast atLeast -> demandOf(atLeast.token());
    };
  }

  private Demand demandOf(Token token) {
    String here = cluster.identity().text();
    return token.cluster().equals(here)
        ? token.floors().demand(scope.type().qualifiedName(), scope.namespaces())
        : Demand.strong("the token is of another cluster: " + token.cluster() + ", not " + here);
  }

  /** Waits for requests of the session that are under way: their versions are about to be known. */
  private Demand settled(Demand demand, Deadline patience) {
    if (demand.unanswered().isEmpty()) {
      return demand;
    }
    for (CountDownLatch answered : demand.unanswered()) {
      try {
        if (!cluster.time().await(answered, patience.remaining())) {
          return Demand.strong("a request of this session has no answer yet");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DeadlineException(
            "the answer to a request of this session, until the waiting thread was interrupted",
            serving.deadline().elapsed(),
            "Nothing to do if the interrupt was meant.");
      }
    }
    return demand().answered();
  }

  private FloorView floorView(Demand demand) {
    if (demand.needsServer().isPresent()) {
      return new FloorView.ServerOnly(demand.needsServer().get());
    }
    Optional<Cut> cut = cluster.cache(scope.type()).flatMap(cache -> cache.cut(scope.namespaces()));
    if (cut.isEmpty()) {
      return new FloorView.Behind("it has no complete list yet");
    }
    return isMet(demand, cut.get())
        ? new FloorView.Met("the cache at " + cut.get().asOf() + " shows all that it must")
        : new FloorView.Behind(position(demand, cut));
  }

  private boolean isMet(Demand demand, Cut cut) {
    List<Feed> streams = cache().streams(scope.namespaces());
    for (int i = 0; i < streams.size(); i++) {
      if (!demand.isMetBy(streams.get(i).scope().namespace(), cut.parts().get(i))) {
        return false;
      }
    }
    return true;
  }

  private void requireOrdered(Demand demand) {
    boolean opaque =
        demand.isOpaque()
            || cache()
                .cut(scope.namespaces())
                .filter(cut -> !cut.asOf().isComparable())
                .isPresent();
    if (opaque) {
      throw new UnsupportedReadException(
          "the resourceVersions of "
              + scope.type()
              + " have no order, so a cache of them cannot be"
              + " compared with what was seen",
          "Read with cached() or strong(), which need none.");
    }
  }

  private Optional<Cut> await(Demand demand, Deadline patience) {
    List<Snapshot> parts = new ArrayList<>();
    for (Feed stream : cache().streams(scope.namespaces())) {
      Optional<String> namespace = stream.scope().namespace();
      Optional<Snapshot> part =
          stream
              .store()
              .await(snapshot -> demand.isMetBy(namespace, snapshot), patience, cluster.time());
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    return Optional.of(new Cut(parts));
  }

  private CacheBehindException behind(Demand demand, Optional<Cut> now) {
    return new CacheBehindException(
        scope.type().qualifiedName(),
        wanted(demand, now).text(),
        now.map(cut -> cut.asOf().text()).orElse(""),
        serving.deadline().elapsed());
  }

  private String late(Demand demand, Optional<Cut> now) {
    return "after " + serving.deadline().elapsed().toMillis() + " ms " + position(demand, now);
  }

  private String position(Demand demand, Optional<Cut> now) {
    ResourceVersion wanted = wanted(demand, now);
    return now.map(cut -> "it is at " + cut.asOf()).orElse("it has no complete list yet")
        + (wanted.isComparable() ? " and must be at " + wanted : "")
        + (demand.pendingDeletes() > 0
            ? " and must show " + demand.pendingDeletes() + " deletes"
            : "");
  }

  /** The version that the part which is most behind has yet to reach; NONE if only deletes lack. */
  private ResourceVersion wanted(Demand demand, Optional<Cut> now) {
    if (now.isEmpty()) {
      return demand.wanted(0);
    }
    List<Feed> streams = cache().streams(scope.namespaces());
    for (int i = 0; i < streams.size(); i++) {
      Snapshot part = now.get().parts().get(i);
      ResourceVersion wanted = demand.wanted(streams.get(i).scope().namespace(), part.epoch());
      if (wanted.isComparable()
          && part.frontier().isComparable()
          && !part.frontier().isAtLeast(wanted)) {
        return wanted;
      }
    }
    return ResourceVersion.NONE;
  }

  private Cache cache() {
    return serving.cache();
  }
}
