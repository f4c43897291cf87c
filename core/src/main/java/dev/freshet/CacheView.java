package dev.freshet;

import dev.freshet.feed.Feed;
import dev.freshet.store.Snapshot;
import java.util.Optional;
import java.util.OptionalInt;

/** What the planner knows of the cache that a read could use. */
sealed interface CacheView {

  /** No cache of the kind is declared. */
  record Undeclared() implements CacheView {}

  /** The declared cache holds only one namespace, and the read looks elsewhere. */
  record OutOfScope(String holds) implements CacheView {}

  /** The cache cannot tell which objects match this field. */
  record Unanswerable(String field) implements CacheView {}

  /** Declared, but the first list is not there yet. */
  record NotSynced(String why) implements CacheView {}

  /**
   * It can answer.
   *
   * @param scanned how many of its objects it would look at
   * @param held how many it holds
   */
  record Ready(int scanned, int held) implements CacheView {}

  static CacheView of(Cluster cluster, Scope scope, Query query) {
    Optional<Feed> declared = cluster.feed(scope.type());
    if (declared.isEmpty()) {
      return new Undeclared();
    }
    Feed feed = declared.get();
    Optional<String> holds = feed.scope().namespace();
    if (holds.isPresent() && !holds.equals(scope.namespace())) {
      return new OutOfScope(holds.get());
    }
    Optional<String> unanswerable = CachedFields.unanswerable(feed.scope(), query.fields());
    if (unanswerable.isPresent()) {
      return new Unanswerable(unanswerable.get());
    }
    Optional<Snapshot> synced = feed.store().snapshot();
    if (synced.isEmpty()) {
      return new NotSynced(feed.status().why());
    }
    Snapshot snapshot = synced.get();
    int scanned =
        query.singleName().isPresent() && scope.isOneNamespace()
            ? 1
            : snapshot.scanned(scope.namespace(), query.labels());
    return new Ready(scanned, snapshot.size());
  }

  /** How many objects the cache would look at, if it can answer. */
  default OptionalInt scannedHere() {
    return this instanceof Ready ready ? OptionalInt.of(ready.scanned()) : OptionalInt.empty();
  }
}
