package dev.freshet;

import dev.freshet.Consistency.AtLeast;
import dev.freshet.Consistency.Cached;
import dev.freshet.Consistency.Exactly;
import dev.freshet.Consistency.ReadYourWrites;
import dev.freshet.Consistency.Strong;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * What a read must show at least, by its level, and the wait of its cache for that. For one thread,
 * once.
 */
record ReadFloor(Serving serving) {

  /**
   * What the level demands.
   *
   * @throws UnsupportedReadException if it demands the floors of a session and there is none
   */
  Demand demand() {
    return switch (serving.level()) {
      case Cached cached -> Demand.NONE;
      case Strong strong -> Demand.NONE;
      case Exactly exactly -> Demand.NONE;
      case Within within -> Demand.NONE;
      case ReadYourWrites own ->
          serving
              .session()
              .orElseThrow(
                  () ->
                      new UnsupportedReadException(
                          "readYourWrites() was asked of reads that belong to no session",
                          "Read by session().reads(…), or name another level."))
              .demand(serving.scope());
      case AtLeast atLeast -> demandOf(atLeast.token());
    };
  }

  private Demand demandOf(Token token) {
    String here = serving.cluster().identity().text();
    return token.cluster().equals(here)
        ? token
            .floors()
            .demand(serving.scope().type().qualifiedName(), serving.scope().namespaces())
        : Demand.strong("the token is of another cluster: " + token.cluster() + ", not " + here);
  }

  /**
   * Waits for requests of the session that are under way: their versions are about to be known.
   *
   * @param again tells the same demand once they are
   */
  Demand settled(Demand demand, Supplier<Demand> again, Deadline patience) {
    if (demand.unanswered().isEmpty()) {
      return demand;
    }
    for (CountDownLatch answered : demand.unanswered()) {
      try {
        if (!serving.cluster().time().await(answered, patience.remaining())) {
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
    return again.get().answered();
  }

  /** Whether a cut shows it. */
  boolean isMet(Demand demand, Cut cut) {
    List<Feed> streams = serving.cache().streams(serving.scope().namespaces());
    for (int i = 0; i < streams.size(); i++) {
      if (!demand.isMetBy(streams.get(i).scope().namespace(), cut.parts().get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Refuses what cannot be compared with what a cache holds.
   *
   * @throws UnsupportedReadException if the kind's versions have no order
   */
  void requireOrdered(Demand demand) {
    boolean opaque =
        demand.isOpaque()
            || serving
                .cache()
                .cut(serving.scope().namespaces())
                .filter(cut -> !cut.asOf().isComparable())
                .isPresent();
    if (opaque) {
      throw new UnsupportedReadException(
          "the resourceVersions of "
              + serving.scope().type()
              + " have no order, so a cache of them cannot be"
              + " compared with what was seen",
          "Read with cached() or strong(), which need none.");
    }
  }

  /** The first cut that shows it; empty if there is none in time. */
  Optional<Cut> await(Demand demand, Deadline patience) {
    List<Snapshot> parts = new ArrayList<>();
    for (Feed stream : serving.cache().streams(serving.scope().namespaces())) {
      Optional<String> namespace = stream.scope().namespace();
      Optional<Snapshot> part =
          stream
              .store()
              .await(
                  snapshot -> demand.isMetBy(namespace, snapshot),
                  patience,
                  serving.cluster().time());
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    return Optional.of(new Cut(parts));
  }

  /** That the cache did not come so far. */
  CacheBehindException behind(Demand demand, Optional<Cut> now) {
    return new CacheBehindException(
        serving.scope().type().qualifiedName(),
        wanted(demand, now).text(),
        now.map(cut -> cut.asOf().text()).orElse(""),
        serving.deadline().elapsed());
  }

  /** How far the cache is and how far it must be, in words. */
  String position(Demand demand, Optional<Cut> now) {
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
    List<Feed> streams = serving.cache().streams(serving.scope().namespaces());
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
}
