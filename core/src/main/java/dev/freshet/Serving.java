package dev.freshet;

import dev.freshet.error.BeyondHeadException;
import dev.freshet.error.DeadlineException;
import dev.freshet.fence.StreamFence;
import dev.freshet.object.ResourceVersion;
import dev.freshet.session.Demand;
import dev.freshet.store.Cut;
import dev.freshet.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The three ways to serve one read: from a cut through the cache, after a fence, by a list from the
 * server. Each tells the read's session what it gave. For one thread, once.
 *
 * @param fromCut makes the answer out of a cut
 */
record Serving(
    Cluster cluster,
    Scope scope,
    Optional<Session> session,
    Query query,
    Consistency level,
    Deadline deadline,
    BiFunction<Cut, Plan, Answer> fromCut) {

  /** The cache that the plan found. */
  Cache cache() {
    return cluster.cache(scope.type()).orElseThrow();
  }

  /** What that cache holds now. */
  Cut now() {
    return new CachedReads(cluster, cache()).now(scope);
  }

  /** What that cache holds now, and how old that is. */
  Aged aged() {
    return aged(now());
  }

  /** What was held, and how old that is. */
  Aged aged(Cut held) {
    return new Aged(held, cache().behindAtMost(scope.namespaces(), held, cluster.time()));
  }

  /** This, or what is left of the read's time. */
  Deadline atMost(Duration wait) {
    Duration left = deadline.remaining();
    return Deadline.in(wait.compareTo(left) < 0 ? wait : left, cluster.time());
  }

  Answer fromCache(Cut cut, Demand demand, Plan plan) {
    Answer answer = fromCut.apply(cut, plan);
    session.ifPresent(own -> own.readFromCache(cache(), scope, cut, demand));
    return waited(answer);
  }

  Answer fromCache(Aged held, Demand demand, Plan plan) {
    Answer answer = fromCache(held.cut(), demand, plan);
    return new Answer(answer.objects(), answer.provenance().behind(held.behindAtMost()));
  }

  /** From the cache, after the fence of the plan. */
  FencedReads.Outcome afterFence(Plan plan, Duration patience, Demand demand) {
    StreamFence fence = cache().fence(scope.namespaces()).orElseThrow();
    cache().choose(scope.namespaces(), plan.route());
    FencedReads.Outcome outcome =
        new FencedReads(fence).read(plan, scope.caller(), atMost(patience), fromCut);
    if (outcome instanceof FencedReads.Outcome.Answered(Answer answer, Cut cut)) {
      session.ifPresent(own -> own.readFromCache(cache(), scope, cut, demand));
      return new FencedReads.Outcome.Answered(waited(answer), cut);
    }
    return outcome;
  }

  /**
   * By a list from the server.
   *
   * @throws BeyondHeadException if a token asked for more than the server has
   */
  Answer fromServer(Demand demand, Plan plan) {
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
    if (level instanceof Consistency.AtLeast) {
      ResourceVersion wanted = demand.wanted(0);
      if (wanted.isComparable() && head.isComparable() && !head.isAtLeast(wanted)) {
        throw new BeyondHeadException(scope.type().qualifiedName(), wanted.text(), head.text());
      }
    }
    session.ifPresent(own -> own.readFromServer(scope, head, asking.orElseThrow()));
    return waited(answer);
  }

  private Answer waited(Answer answer) {
    return new Answer(answer.objects(), answer.provenance().waited(deadline.elapsed()));
  }
}
