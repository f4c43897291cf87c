package dev.freshet;

import dev.freshet.error.UnsupportedReadException;
import dev.freshet.object.Namespaces;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import dev.freshet.store.Cut;
import dev.freshet.store.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of several kinds at one version of the etcd that they share: what one of them refers to
 * in another is as it was at that very moment. Immutable and thread-safe; costs only the memory of
 * what changes while it is held.
 */
public final class ClusterSnapshot {

  private final Cluster cluster;
  private final String caller;
  private final Consistency level;
  private final ResourceVersion version;
  private final Map<ResourceType, Snapshot> parts;

  ClusterSnapshot(
      Cluster cluster,
      String caller,
      Consistency level,
      ResourceVersion version,
      Map<ResourceType, Snapshot> parts) {
    this.cluster = cluster;
    this.caller = caller;
    this.level = level;
    this.version = version;
    this.parts = Map.copyOf(parts);
  }

  /** The version at which this is the state of every kind in it. */
  public ResourceVersion resourceVersion() {
    return version;
  }

  /**
   * Reads of one kind in here. They send nothing.
   *
   * @throws UnsupportedReadException if this snapshot is not of that kind
   */
  public <T> SnapshotReads<T> reads(Model<T> model) {
    Snapshot part =
        Optional.ofNullable(parts.get(model.type()))
            .orElseThrow(
                () ->
                    new UnsupportedReadException(
                        "the snapshot is not of " + model.type(), "Name it with the others."));
    var scope =
        new Scope(model.type(), Namespaces.all(), caller, cluster.readWithin(), Fence.AUTO, false);
    var plan = new Plan(level, Route.SNAPSHOT, "the snapshot at " + version, List.of());
    var cut = new Cut(List.of(part));
    Answer answer =
        new CachedReads(cluster, cluster.cache(model.type()).orElseThrow()).none(cut, scope, plan);
    return SnapshotReads.of(
        cluster, model, new Pinned(cut, scope, answer.provenance().at(version)));
  }
}
