package dev.freshet;

import dev.freshet.error.UnsupportedReadException;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import dev.freshet.store.Snapshot;
import java.util.Map;
import java.util.Optional;

/**
 * The state of several kinds at one version of the etcd that they share: what one of them refers to
 * in another is as it was at that very moment. Immutable and thread-safe; costs only the memory of
 * what changes while it is held.
 */
public final class ClusterSnapshot {

  private final Cluster cluster;
  private final Consistency level;
  private final ResourceVersion version;
  private final Map<ResourceType, Snapshot> parts;

  ClusterSnapshot(
      Cluster cluster,
      Consistency level,
      ResourceVersion version,
      Map<ResourceType, Snapshot> parts) {
    this.cluster = cluster;
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
    return new SnapshotReads<>(cluster, model, level, version, part);
  }
}
