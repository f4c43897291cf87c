package dev.freshet;

import dev.freshet.error.CacheNotSyncedException;
import dev.freshet.error.UnsupportedReadException;

/** Connects a handler with the cache that can serve it. */
final class Registration<T> {

  private final Cluster cluster;
  private final Model<T> model;
  private final Scope scope;

  Registration(Cluster cluster, Model<T> model, Scope scope) {
    this.cluster = cluster;
    this.model = model;
    this.scope = scope;
  }

  Subscription of(Query query, SubscriptionOptions options, ChangeHandler<T> handler) {
    cluster.requireOpen();
    if (!query.indexed().isEmpty()) {
      throw new UnsupportedReadException(
          "a handler cannot be narrowed by the index " + query.indexed().getFirst().index(),
          "Narrow it by labels or fields, or look at the row in the handler.");
    }
    requireAnswerable(query);
    Cache cache = cluster.cache(scope.type()).orElseThrow();
    Delivery<T> delivery =
        new Delivery<>(
            cache.streams(scope.namespaces()),
            new Changes<>(cluster, cache, scope, query, model),
            handler,
            options.queueCapacity(),
            scope.caller() + " of " + scope.type(),
            cluster.time(),
            cache.subscriptions()::remove);
    cache.subscriptions().add(delivery);
    return delivery;
  }

  /** What a cached read would refuse for good, a handler would wait for in vain. */
  private void requireAnswerable(Query query) {
    try {
      Planner.cached(Consistency.cached(), scope.type(), CacheView.of(cluster, scope, query));
    } catch (CacheNotSyncedException e) {
      // The first list is yet to come, and the handler will be told of it.
    }
  }
}
