package dev.freshet;

import dev.freshet.error.UnsupportedReadException;
import dev.freshet.object.Namespaces;
import java.util.List;

/**
 * Reads of one kind in one state of its cache, a {@link ClusterSnapshot} or a {@linkplain Reads#pin
 * pinned} one, however long they take and whatever comes meanwhile. Immutable and thread-safe;
 * nothing is sent.
 *
 * <p>What the kind's cache could not answer is refused, as {@link Consistency#cached()} does.
 */
public final class SnapshotReads<T> {

  private final Cluster cluster;
  private final Model<T> model;
  private final Pinned pinned;
  private final Scope scope;

  /**
   * @param scope of the reads, within that of the state
   */
  private SnapshotReads(Cluster cluster, Model<T> model, Pinned pinned, Scope scope) {
    this.cluster = cluster;
    this.model = model;
    this.pinned = pinned;
    this.scope = scope;
  }

  static <T> SnapshotReads<T> of(Cluster cluster, Model<T> model, Pinned pinned) {
    return new SnapshotReads<>(cluster, model, pinned, pinned.scope());
  }

  /** How this state was come by and what it is worth; what it has cost is counted here alone. */
  public Provenance provenance() {
    return pinned.provenance();
  }

  /**
   * The same reads in one namespace.
   *
   * @throws UnsupportedReadException if this state is not of that namespace
   */
  public SnapshotReads<T> inNamespace(String namespace) {
    Namespaces narrower = Namespaces.of(namespace);
    if (!pinned.scope().namespaces().cover(narrower)) {
      throw new UnsupportedReadException(
          "the state is of " + model.type() + " in " + pinned.scope().namespaces(),
          "Pin the state of all namespaces that are read.");
    }
    return new SnapshotReads<>(cluster, model, pinned, scope.in(narrower));
  }

  /** All objects. */
  public ReadList<T> list() {
    return list(Query.everything());
  }

  /** The objects that match. */
  public ReadList<T> list(Query query) {
    Plan plan = plan(query);
    Answer answer = cached().list(pinned.cut(), scope, query, plan);
    return new ReadList<>(answer.objects(), model, worth(plan), this::seen);
  }

  /** One object of a cluster-scoped kind, or of the namespace these reads are in. */
  public Read<T> get(String name) {
    if (!scope.isOneNamespace()) {
      throw new IllegalStateException(
          model.type() + " live in namespaces: call get(namespace, name)");
    }
    Plan plan = plan(Query.everything());
    Answer answer = cached().get(pinned.cut(), scope.key(name), scope, plan);
    return new Read<>(
        answer.objects().stream().findFirst().map(stored -> new Row<>(stored, model)),
        worth(plan),
        this::seen);
  }

  /** One object of a namespaced kind. */
  public Read<T> get(String namespace, String name) {
    return inNamespace(namespace).get(name);
  }

  /** Refuses what the cache could not answer. */
  private Plan plan(Query query) {
    CacheView view = CacheView.of(cluster, scope, query);
    if (!(view instanceof CacheView.NotSynced)) {
      // What the cache holds now does not matter; whether it could answer does.
      Planner.cached(Consistency.cached(), scope.type(), view);
    }
    return new Plan(
        pinned.provenance().asked(),
        Route.SNAPSHOT,
        "the snapshot at " + pinned.provenance().asOf(),
        List.of());
  }

  /** As old as the whole state, whatever part of it is read. */
  private Provenance worth(Plan plan) {
    return cached()
        .none(pinned.cut(), pinned.scope(), plan)
        .provenance()
        .at(pinned.provenance().asOf());
  }

  private Token seen() {
    return Reads.seen(cluster, scope, pinned.provenance().asOf());
  }

  private CachedReads cached() {
    return new CachedReads(cluster, cluster.cache(scope.type()).orElseThrow());
  }
}
