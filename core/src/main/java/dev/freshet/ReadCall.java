package dev.freshet;

import dev.freshet.Consistency.AtLeast;
import dev.freshet.Consistency.Cached;
import dev.freshet.Consistency.ReadYourWrites;
import dev.freshet.Consistency.Strong;
import dev.freshet.Consistency.Waiting;
import dev.freshet.error.BeyondHeadException;
import dev.freshet.error.CacheBehindException;
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
    return Planner.plan(level, scope, query, view, floorView(demand));
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
      case Waiting waiting -> patient(waiting, demand, fromCut);
    };
  }

  private Answer strong(Demand demand, Plan plan, BiFunction<Cut, Plan, Answer> fromCut) {
    if (plan.route() == Route.DIRECT) {
      return direct(demand, plan);
    }
    StreamFence fence = cache().fence(scope.namespaces()).orElseThrow();
    return switch (new FencedReads(fence, cluster.time())
        .read(plan, scope.caller(), deadline, fromCut)) {
      case FencedReads.Outcome.Answered(Answer answer, Cut cut) -> {
        session.ifPresent(own -> own.readFromCache(cache(), scope, cut, demand));
        yield new Answer(answer.objects(), answer.provenance().waited(deadline.elapsed()));
      }
      case FencedReads.Outcome.InVain(String why) ->
          direct(demand, new Plan(level, Route.DIRECT, why, List.of()));
    };
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
      case ASK_SERVER ->
          direct(demand, new Plan(level, Route.DIRECT, late(demand, now), List.of()));
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
