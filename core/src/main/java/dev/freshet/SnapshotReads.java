package dev.freshet;

import dev.freshet.object.Namespaces;
import dev.freshet.object.ResourceVersion;
import dev.freshet.store.Cut;
import dev.freshet.store.Snapshot;
import java.time.Duration;
import java.util.List;

/**
 * Reads of one kind in a {@link ClusterSnapshot}: all of one state, however long they take and
 * whatever comes meanwhile. Immutable and thread-safe; nothing is sent.
 *
 * <p>What the kind's cache could not answer is refused, as {@link Consistency#cached()} does.
 */
public final class SnapshotReads<T> {

  /** A read of what is here takes no time; a scope wants one. */
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private final Cluster cluster;
  private final Model<T> model;
  private final Consistency level;
  private final ResourceVersion version;
  private final Snapshot part;
  private final Scope scope;

  SnapshotReads(
      Cluster cluster, Model<T> model, Consistency level, ResourceVersion version, Snapshot part) {
    this(
        cluster,
        model,
        level,
        version,
        part,
        new Scope(model.type(), Namespaces.all(), cluster.caller(), AT_ONCE, Fence.AUTO));
  }

  private SnapshotReads(
      Cluster cluster,
      Model<T> model,
      Consistency level,
      ResourceVersion version,
      Snapshot part,
      Scope scope) {
    this.cluster = cluster;
    this.model = model;
    this.level = level;
    this.version = version;
    this.part = part;
    this.scope = scope;
  }

  /** The same reads in one namespace. */
  public SnapshotReads<T> inNamespace(String namespace) {
    return new SnapshotReads<>(
        cluster, model, level, version, part, scope.in(Namespaces.of(namespace)));
  }

  /** All objects. */
  public ReadList<T> list() {
    return list(Query.everything());
  }

  /** The objects that match. */
  public ReadList<T> list(Query query) {
    Answer answer = cached().list(cut(), scope, query, plan(query));
    return new ReadList<>(
        answer.objects(),
        model,
        answer.provenance().at(version),
        () -> Reads.seen(cluster, scope, version));
  }

  /** One object of a cluster-scoped kind, or of the namespace these reads are in. */
  public Read<T> get(String name) {
    Answer answer = cached().get(cut(), scope.key(name), scope, plan(Query.everything()));
    return new Read<>(
        answer.objects().stream().findFirst().map(stored -> new Row<>(stored, model)),
        answer.provenance().at(version),
        () -> Reads.seen(cluster, scope, version));
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
    return new Plan(level, Route.SNAPSHOT, "the snapshot at " + version, List.of());
  }

  private CachedReads cached() {
    return new CachedReads(cluster, cluster.cache(scope.type()).orElseThrow());
  }

  private Cut cut() {
    return new Cut(List.of(part));
  }
}
