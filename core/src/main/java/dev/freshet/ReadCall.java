package dev.freshet;

import dev.freshet.Consistency.AtLeast;
import dev.freshet.Consistency.Cached;
import dev.freshet.Consistency.Exactly;
import dev.freshet.Consistency.ReadYourWrites;
import dev.freshet.Consistency.Strong;
import dev.freshet.Consistency.Waiting;
import dev.freshet.Consistency.Within;
import dev.freshet.error.BeyondHeadException;
import dev.freshet.error.CacheBehindException;
import dev.freshet.error.CacheTooOldException;
import dev.freshet.error.DeadlineException;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.feed.Feed;
import dev.freshet.fence.StreamFence;
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
  private final Deadline deadline;

  ReadCall(
      Cluster cluster, Scope scope, Optional<Session> session, Query query, Consistency level) {
    this.cluster = cluster;
    this.scope = scope;
    this.session = session;
    this.query = query;
    this.level = level;
    this.deadline = Deadline.in(scope.within(), cluster.time());
  }

  Answer list() {
    return answer((cut, plan) -> cached().list(cut, scope, query, plan));
  }

  Answer get(String name) {
    return answer((cut, plan) -> cached().get(cut, scope.key(name), scope, plan));
  }

  /** What this would do now. */
  Plan plan() {
    return plan(demand());
  }

  private Plan plan(Demand demand) {
    CacheView view = CacheView.of(cluster, scope, query);
    if (level instanceof Exactly exactly) {
      ExactVersion wanted = ExactVersion.of(exactly.token(), cluster, scope);
      Optional<Snapshot> held = wanted.held(view, Deadline.in(Duration.ZERO, cluster.time()));
      return planned(view, wanted.floor(held));
    }
    return planned(view, floorView(demand));
  }

  private Plan planned(CacheView view, FloorView floor) {
    return Planner.plan(level, scope, query, view, floor, Measurements.of(cluster, scope));
  }

  private Answer answer(BiFunction<Cut, Plan, Answer> fromCut) {
    cluster.requireOpen();
    Demand demand = demand();
    return switch (level) {
      case Cached cached -> {
        Plan plan = plan(demand);
        yield served(cached().now(scope), demand, plan, fromCut);
      }
      case Strong strong -> strong(demand, plan(demand), fromCut);
      case Exactly exactly -> exactly(exactly, fromCut);
      case Within within -> within(within, plan(demand), fromCut);
      case Waiting waiting -> patient(waiting, demand, fromCut);
    };
  }

  private Answer strong(Demand demand, Plan plan, BiFunction<Cut, Plan, Answer> fromCut) {
    if (plan.route() == Route.DIRECT) {
      return direct(demand, plan);
    }
    // Half of the time is kept for asking the server, should the fence be in vain.
    Duration patience = FencedReads.atMost(deadline.remaining().dividedBy(2));
    return switch (fenced(plan, patience, demand, fromCut)) {
      case FencedReads.Outcome.Answered answered -> answered.answer();
      case FencedReads.Outcome.InVain vain ->
          direct(demand, plan.instead(Route.DIRECT, vain.why()));
    };
  }

  /** From the cache, after the fence of the plan. */
  private FencedReads.Outcome fenced(
      Plan plan, Duration patience, Demand demand, BiFunction<Cut, Plan, Answer> fromCut) {
    StreamFence fence = cache().fence(scope.namespaces()).orElseThrow();
    fence.choose(plan.route().toString());
    Deadline until = Deadline.in(least(patience), cluster.time());
    FencedReads.Outcome outcome = new FencedReads(fence).read(plan, scope.caller(), until, fromCut);
    if (outcome instanceof FencedReads.Outcome.Answered(Answer answer, Cut cut)) {
      session.ifPresent(own -> own.readFromCache(cache(), scope, cut, demand));
      Provenance provenance = answer.provenance().waited(deadline.elapsed());
      return new FencedReads.Outcome.Answered(new Answer(answer.objects(), provenance), cut);
    }
    return outcome;
  }

  private Answer within(Within level, Plan plan, BiFunction<Cut, Plan, Answer> fromCut) {
    cluster
        .cache(scope.type())
        .filter(cache -> cache.covers(scope, query))
        .ifPresent(cache -> keepWithin(cache, level, plan));
    boolean mayAsk =
        level.otherwise() == Consistency.Otherwise.ASK_SERVER
            || !CacheView.of(cluster, scope, query).couldAnswer();
    if (plan.route() == Route.DIRECT && mayAsk) {
      return direct(Demand.NONE, plan);
    }
    Cut held = cached().now(scope);
    if (isWithin(level, held)) {
      return served(held, Demand.NONE, plan.instead(Route.CACHED, age(held)), fromCut);
    }
    if (plan.route() == Route.CACHED) {
      // It has just become too old: a plan made now takes another way.
      return within(level, plan(Demand.NONE), fromCut);
    }
    return switch (refreshed(level, mayAsk ? plan : plan.withoutServer(), fromCut)) {
      case FencedReads.Outcome.Answered answered -> answered.answer();
      case FencedReads.Outcome.InVain vain ->
          switch (level.otherwise()) {
            case ASK_SERVER -> direct(Demand.NONE, plan.instead(Route.DIRECT, vain.why()));
            case FAIL -> throw tooOld(level);
            case SERVE_STALE -> {
              Cut stale = cached().now(scope);
              Plan cachedPlan = plan.instead(Route.CACHED, vain.why());
              Answer answer = served(stale, Demand.NONE, cachedPlan, fromCut);
              yield isWithin(level, stale)
                  ? answer
                  : new Answer(answer.objects(), answer.provenance().notSatisfied(vain.why()));
            }
          };
    };
  }

  private FencedReads.Outcome refreshed(
      Within level, Plan plan, BiFunction<Cut, Plan, Answer> fromCut) {
    if (plan.route() == Route.DIRECT) {
      return new FencedReads.Outcome.InVain(
          "no fence can be had, and the server is not to be asked");
    }
    return level.waitingAtMost().isZero()
        ? new FencedReads.Outcome.InVain("the read was not to wait")
        : fenced(plan, level.waitingAtMost(), Demand.NONE, fromCut);
  }

  private void keepWithin(Cache cache, Within level, Plan plan) {
    cache.keepWithin(level.behind(), scope);
    if (plan.route() != Route.CACHED) {
      cache.promoted(scope.namespaces());
    }
  }

  private boolean isWithin(Within level, Cut held) {
    return cache()
        .behindAtMost(scope.namespaces(), held, cluster.time())
        .filter(behind -> behind.compareTo(level.behind()) <= 0)
        .isPresent();
  }

  private String age(Cut held) {
    return cache()
        .behindAtMost(scope.namespaces(), held, cluster.time())
        .map(behind -> "the cache is at most " + behind.toMillis() + " ms behind")
        .orElse("nothing shows how far the cache is behind");
  }

  private CacheTooOldException tooOld(Within level) {
    Optional<Duration> behind =
        cache()
            .cut(scope.namespaces())
            .flatMap(cut -> cache().behindAtMost(scope.namespaces(), cut, cluster.time()));
    return new CacheTooOldException(
        scope.type().qualifiedName(), level.behind(), behind, deadline.elapsed());
  }

  private Answer exactly(Exactly level, BiFunction<Cut, Plan, Answer> fromCut) {
    ExactVersion wanted = ExactVersion.of(level.token(), cluster, scope);
    CacheView view = CacheView.of(cluster, scope, query);
    Optional<Snapshot> held =
        wanted.held(view, Deadline.in(least(Waiting.DEFAULT_WAIT), cluster.time()));
    Plan plan = planned(view, wanted.floor(held));
    if (held.isPresent()) {
      Cut cut = new Cut(List.of(held.get()));
      Answer answer = served(cut, Demand.NONE, plan, fromCut);
      return new Answer(answer.objects(), answer.provenance().at(wanted.version()));
    }
    Answer answer = wanted.fromServer(query, scope.within(deadline.remaining()), plan);
    session.ifPresent(own -> own.saw(scope, wanted.version()));
    return new Answer(answer.objects(), answer.provenance().waited(deadline.elapsed()));
  }

  private Answer patient(Waiting waiting, Demand first, BiFunction<Cut, Plan, Answer> fromCut) {
    Plan hasty = plan(first);
    if (hasty.route() == Route.DIRECT) {
      return direct(first, hasty);
    }
    Deadline patience = Deadline.in(least(waiting.waitingAtMost()), cluster.time());
    Demand demand = settled(first, patience);
    Plan plan = plan(demand);
    if (plan.route() == Route.DIRECT) {
      return direct(demand, plan);
    }
    requireOrdered(demand);
    Optional<Cut> enough = await(demand, patience);
    if (enough.isPresent()) {
      return served(enough.get(), demand, plan, fromCut);
    }
    Optional<Cut> now = cache().cut(scope.namespaces());
    return switch (waiting.otherwise()) {
      case ASK_SERVER -> direct(demand, plan.instead(Route.DIRECT, late(demand, now)));
      case FAIL -> throw behind(demand, now);
      case SERVE_STALE -> {
        Cut stale = now.orElseThrow(() -> behind(demand, now));
        Answer answer = served(stale, Demand.NONE, plan, fromCut);
        yield new Answer(answer.objects(), answer.provenance().notSatisfied(late(demand, now)));
      }
    };
  }

  private Duration least(Duration wait) {
    Duration left = deadline.remaining();
    return wait.compareTo(left) < 0 ? wait : left;
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
            deadline.elapsed(),
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
    if (level instanceof Within within) {
      String age = age(cut.get());
      return isWithin(within, cut.get()) ? new FloorView.Met(age) : new FloorView.Behind(age);
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

  private Answer served(Cut cut, Demand demand, Plan plan, BiFunction<Cut, Plan, Answer> fromCut) {
    Answer answer = fromCut.apply(cut, plan);
    session.ifPresent(own -> own.readFromCache(cache(), scope, cut, demand));
    return new Answer(answer.objects(), answer.provenance().waited(deadline.elapsed()));
  }

  private Answer direct(Demand demand, Plan plan) {
    Duration left = deadline.remaining();
    if (left.isZero()) {
      throw new DeadlineException(
          "the cache of " + scope.type() + ", which left no time to ask the server",
          deadline.elapsed(),
          "Give the read more time, or let it wait less for the cache.");
    }
    Optional<Session.ServerRead> asking = session.map(own -> own.askingServer(scope));
    Answer answer = new DirectReads(cluster).list(scope.within(left), query, plan);
    ResourceVersion head = answer.provenance().asOf();
    if (level instanceof AtLeast) {
      ResourceVersion wanted = demand.wanted(0);
      if (wanted.isComparable() && head.isComparable() && !head.isAtLeast(wanted)) {
        throw new BeyondHeadException(scope.type().qualifiedName(), wanted.text(), head.text());
      }
    }
    session.ifPresent(own -> own.readFromServer(scope, head, asking.orElseThrow()));
    return new Answer(answer.objects(), answer.provenance().waited(deadline.elapsed()));
  }

  private CacheBehindException behind(Demand demand, Optional<Cut> now) {
    return new CacheBehindException(
        scope.type().qualifiedName(),
        wanted(demand, now).text(),
        now.map(cut -> cut.asOf().text()).orElse(""),
        deadline.elapsed());
  }

  private String late(Demand demand, Optional<Cut> now) {
    return "after " + deadline.elapsed().toMillis() + " ms " + position(demand, now);
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

  private CachedReads cached() {
    return new CachedReads(cluster, cache());
  }

  /** The cache that the plan found. */
  private Cache cache() {
    return cluster.cache(scope.type()).orElseThrow();
  }
}
