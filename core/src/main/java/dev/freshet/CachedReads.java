package dev.freshet;

import dev.freshet.error.CacheNotSyncedException;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.StoredObject;
import dev.freshet.selector.FieldSelector;
import dev.freshet.store.Cut;
import dev.freshet.store.IndexFailure;
import dev.freshet.store.IndexKey;
import java.time.Duration;
import java.util.List;

/** Answers from a cut through the cache. */
final class CachedReads {

  private final Cluster cluster;
  private final Cache cache;

  CachedReads(Cluster cluster, Cache cache) {
    this.cluster = cluster;
    this.cache = cache;
  }

  /** What the cache holds now. The plan has made sure that it holds something. */
  Cut now(Scope scope) {
    return cache
        .cut(scope.namespaces())
        .orElseThrow(
            () ->
                new CacheNotSyncedException(
                    "the cache of " + scope.type() + " has just given up what it held",
                    "See health(), or read with strong()."));
  }

  Answer list(Cut cut, Scope scope, Query query, Plan plan) {
    FieldSelector fields = cache.toFilter(query);
    List<IndexKey> indexed = cache.indexed(query);
    // The plan has looked as well, but perhaps at an older cut.
    cut.indexFailure(indexed).ifPresent(failure -> refuse(failure, scope));
    List<StoredObject> matches =
        cut.select(
            scope.namespaces(),
            query.labels(),
            indexed,
            object -> CachedFields.matches(cache.declared(), fields, object));
    return new Answer(matches, provenance(cut, scope, plan));
  }

  private static void refuse(IndexFailure failure, Scope scope) {
    CacheView.NoIndex why = CacheView.NoIndex.of(failure, scope.type());
    throw new UnsupportedReadException(why.problem(), why.remedy());
  }

  Answer get(Cut cut, ObjectKey key, Scope scope, Plan plan) {
    return new Answer(cut.get(key).map(List::of).orElse(List.of()), provenance(cut, scope, plan));
  }

  /** No objects: what an answer from this cut is worth. */
  Answer none(Cut cut, Scope scope, Plan plan) {
    return new Answer(List.of(), provenance(cut, scope, plan));
  }

  private Provenance provenance(Cut cut, Scope scope, Plan plan) {
    return new Provenance(
        plan.asked(),
        plan.route(),
        cut.epoch(),
        scope.type(),
        cut.asOf(),
        cache.behindAtMost(scope.namespaces(), cut, cluster.time()),
        true,
        Duration.ZERO,
        Provenance.Requests.NONE,
        Provenance.Bytes.NONE,
        plan.why(),
        cache.alarm(scope.namespaces()));
  }
}
