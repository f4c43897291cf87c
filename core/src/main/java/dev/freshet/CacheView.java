package dev.freshet;

import dev.freshet.fence.StreamFence;
import dev.freshet.object.ResourceType;
import dev.freshet.selector.LabelSelector;
import dev.freshet.store.Cut;
import dev.freshet.store.IndexFailure;
import dev.freshet.store.IndexKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the planner knows of the cache that a read could use. */
sealed interface CacheView {

  /** No cache of the kind is declared. */
  record Undeclared() implements CacheView {}

  /** The declared cache holds less than the read asks for; in words, what it holds. */
  record OutOfScope(String holds) implements CacheView {}

  /** The cache cannot tell which objects match this field. */
  record Unanswerable(String field) implements CacheView {}

  /** An index that the read asks for is not there, or fails: what is wrong, and what to do. */
  record NoIndex(String problem, String remedy) implements CacheView {

    static NoIndex of(IndexFailure failure, ResourceType type) {
      return new NoIndex(
          "the index " + failure + " of the cache of " + type,
          "Mend the index, or read without it: an answer would lack objects.");
    }
  }

  /** Declared, but the first list is not there yet. */
  record NotSynced(String why) implements CacheView {}

  /**
   * It can answer.
   *
   * @param scanned how many of its objects it would look at
   * @param atServer how many the server would look at for the same
   * @param held how many it holds
   * @param fences which fences its stream has
   */
  record Ready(int scanned, int atServer, int held, Fences fences) implements CacheView {}

  /** Which fences a cache can have for a read. */
  enum Fences {
    /** None: it has several streams, or versions without an order. */
    NONE,
    /** All but a touch: there is nothing to touch. */
    WITHOUT_TOUCH,
    /** All but a touch: the last one was refused. */
    TOUCH_REFUSED,
    ALL
  }

  static CacheView of(Cluster cluster, Scope scope, Query query) {
    Optional<Cache> declared = cluster.cache(scope.type());
    if (declared.isEmpty()) {
      return new Undeclared();
    }
    Cache cache = declared.get();
    if (!cache.covers(scope, query)) {
      return new OutOfScope(cache.holds());
    }
    Optional<String> unanswerable =
        CachedFields.unanswerable(cache.declared(), cache.toFilter(query));
    if (unanswerable.isPresent()) {
      return new Unanswerable(unanswerable.get());
    }
    Optional<String> undeclared = cache.undeclaredIndex(query);
    if (undeclared.isPresent()) {
      return new NoIndex(
          "the cache of " + scope.type() + " has no index " + undeclared.get(),
          "Declare it with the cache, or select by labels or fields.");
    }
    Optional<Cut> synced = cache.cut(scope.namespaces());
    if (synced.isEmpty()) {
      return new NotSynced(whyNotSynced(cache, scope));
    }
    Cut cut = synced.get();
    List<IndexKey> indexed = cache.indexed(query);
    Optional<IndexFailure> failure = cut.indexFailure(indexed);
    if (failure.isPresent()) {
      return NoIndex.of(failure.get(), scope.type());
    }
    int scanned =
        query.singleName().isPresent() && scope.isOneNamespace()
            ? 1
            : cut.scanned(scope.namespaces(), query.labels(), indexed);
    int atServer = cut.scanned(scope.namespaces(), LabelSelector.everything(), List.of());
    return new Ready(scanned, atServer, cut.size(), fences(cache, scope, cut));
  }

  private static Fences fences(Cache cache, Scope scope, Cut cut) {
    Optional<StreamFence> fence = cache.fence(scope.namespaces());
    if (fence.isEmpty() || !cut.asOf().isComparable() || scope.type().sharesVersions()) {
      return Fences.NONE;
    }
    if (!fence.get().canTouch()) {
      return Fences.WITHOUT_TOUCH;
    }
    return fence.get().touchRefused().isPresent() ? Fences.TOUCH_REFUSED : Fences.ALL;
  }

  private static String whyNotSynced(Cache cache, Scope scope) {
    return cache.streams(scope.namespaces()).stream()
        .filter(stream -> stream.store().snapshot().isEmpty())
        .findFirst()
        .map(stream -> stream.status().why())
        .orElse("just synced");
  }

  /** Whether the cache could answer this query, once it is synced. */
  default boolean couldAnswer() {
    return switch (this) {
      case Ready ready -> true;
      case NotSynced waiting -> true;
      case Undeclared undeclared -> false;
      case OutOfScope outside -> false;
      case Unanswerable unanswerable -> false;
      case NoIndex none -> false;
    };
  }

  /** How many objects the cache would look at, if it can answer. */
  default OptionalInt scannedHere() {
    return this instanceof Ready ready ? OptionalInt.of(ready.scanned()) : OptionalInt.empty();
  }
}
