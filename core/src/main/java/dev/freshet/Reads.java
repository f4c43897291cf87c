package dev.freshet;

import dev.freshet.object.Namespaces;
import dev.freshet.selector.FieldSelector;
import java.time.Duration;

/**
 * Reads of one kind. Every read names its {@link Consistency} and says in its answer what it got.
 *
 * <p>Immutable and thread-safe; the narrowing methods give a new one. A read blocks the calling
 * thread, {@link #within} bounds how long. A read of a cache that is not declared fails: reading
 * never starts a cache, and what a cache does not hold is never answered as empty.
 *
 * <p>Every read may throw {@link dev.freshet.error.FreshetException}, whose subtypes say which way
 * it failed.
 */
public final class Reads<T> {

  private final Cluster cluster;
  private final Model<T> model;
  private final Scope scope;

  Reads(Cluster cluster, Model<T> model, String caller) {
    this(cluster, model, new Scope(model.type(), Namespaces.all(), caller, cluster.readWithin()));
  }

  private Reads(Cluster cluster, Model<T> model, Scope scope) {
    this.cluster = cluster;
    this.model = model;
    this.scope = scope;
  }

  /** The same reads in one namespace. */
  public Reads<T> inNamespace(String namespace) {
    return new Reads<>(cluster, model, scope.in(Namespaces.of(namespace)));
  }

  /**
   * The same reads in several namespaces. From a cache with a stream for each, the answer is of no
   * single moment: it holds of each namespace at least what {@code asOf} says.
   */
  public Reads<T> inNamespaces(String first, String... others) {
    return new Reads<>(cluster, model, scope.in(Namespaces.of(first, others)));
  }

  /** The same reads in all namespaces, as at first. */
  public Reads<T> inAnyNamespace() {
    return new Reads<>(cluster, model, scope.in(Namespaces.all()));
  }

  /** The same reads under another caller's name, which the server sees in the User-Agent. */
  public Reads<T> as(String caller) {
    return new Reads<>(cluster, model, scope.as(caller));
  }

  /** The same reads, each failing if it takes longer than this. */
  public Reads<T> within(Duration longest) {
    return new Reads<>(cluster, model, scope.within(longest));
  }

  /** All objects. */
  public ReadList<T> list(Consistency level) {
    return list(Query.everything(), level);
  }

  /** The objects that match. */
  public ReadList<T> list(Query query, Consistency level) {
    Answer answer = answer(query, level);
    return new ReadList<>(answer.objects(), model, answer.provenance());
  }

  /**
   * One object of a cluster-scoped kind, or of the namespace these reads are in.
   *
   * @throws IllegalStateException if the kind is namespaced and these reads are in all namespaces
   */
  public Read<T> get(String name, Consistency level) {
    if (!scope.isOneNamespace()) {
      throw new IllegalStateException(
          model.type() + " live in namespaces: call get(namespace, name, level)");
    }
    cluster.requireOpen();
    Query query =
        new Query(Query.everything().labels(), FieldSelector.equal("metadata.name", name));
    Plan plan = plan(query, level);
    Answer answer =
        switch (plan.route()) {
          case CACHED -> {
            CachedReads cached = new CachedReads(cluster, cache());
            yield cached.get(cached.now(scope), scope.key(name), scope, plan);
          }
          // A single-name list: O(log n) at the server, and it has a version even when the object
          // is absent, which a GET has not.
          case DIRECT -> new DirectReads(cluster).list(scope, query, plan);
        };
    return new Read<>(
        answer.objects().stream().findFirst().map(stored -> new Row<>(stored, model)),
        answer.provenance());
  }

  /** One object of a namespaced kind. */
  public Read<T> get(String namespace, String name, Consistency level) {
    return inNamespace(namespace).get(name, level);
  }

  /** What {@link #list(Query, Consistency)} would do now, without doing it. */
  public Plan explain(Query query, Consistency level) {
    return plan(query, level);
  }

  private Plan plan(Query query, Consistency level) {
    return Planner.plan(level, scope, query, CacheView.of(cluster, scope, query));
  }

  private Answer answer(Query query, Consistency level) {
    cluster.requireOpen();
    Plan plan = plan(query, level);
    return switch (plan.route()) {
      case CACHED -> {
        CachedReads cached = new CachedReads(cluster, cache());
        yield cached.list(cached.now(scope), scope, query, plan);
      }
      case DIRECT -> new DirectReads(cluster).list(scope, query, plan);
    };
  }

  /** The cache that the plan found. */
  private Cache cache() {
    return cluster.cache(scope.type()).orElseThrow();
  }
}
