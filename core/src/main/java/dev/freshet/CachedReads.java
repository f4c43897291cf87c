package dev.freshet;

import dev.freshet.feed.Feed;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.StoredObject;
import dev.freshet.store.Snapshot;
import java.time.Duration;
import java.util.List;

/** Answers from the cache. The plan has made sure that it can. */
final class CachedReads {

  private final Cluster cluster;

  CachedReads(Cluster cluster) {
    this.cluster = cluster;
  }

  Answer list(Scope scope, Query query, Plan plan) {
    Feed feed = cluster.feed(scope.type()).orElseThrow();
    Snapshot snapshot = feed.store().snapshot().orElseThrow();
    List<StoredObject> matches =
        snapshot.select(
            scope.namespace(),
            query.labels(),
            object -> CachedFields.matches(query.fields(), object));
    return new Answer(matches, provenance(plan, feed, snapshot));
  }

  Answer get(ObjectKey key, Scope scope, Plan plan) {
    Feed feed = cluster.feed(scope.type()).orElseThrow();
    Snapshot snapshot = feed.store().snapshot().orElseThrow();
    return new Answer(
        snapshot.get(key).map(List::of).orElse(List.of()), provenance(plan, feed, snapshot));
  }

  private Provenance provenance(Plan plan, Feed feed, Snapshot snapshot) {
    return new Provenance(
        plan.asked(),
        plan.route(),
        snapshot.epoch(),
        feed.scope().type(),
        snapshot.frontier(),
        cluster.behindAtMost(feed, snapshot),
        true,
        Duration.ZERO,
        Provenance.Requests.NONE,
        Provenance.Bytes.NONE,
        plan.why());
  }
}
