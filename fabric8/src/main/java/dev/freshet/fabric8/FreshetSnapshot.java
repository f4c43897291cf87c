package dev.freshet.fabric8;

import dev.freshet.ClusterSnapshot;
import dev.freshet.SnapshotReads;
import dev.freshet.object.ResourceVersion;
import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * The state of several kinds at one version, read by their fabric8 classes. Immutable and
 * thread-safe, as the {@link ClusterSnapshot} in it, whose contract holds here too.
 */
public final class FreshetSnapshot {

  private final ClusterSnapshot snapshot;

  FreshetSnapshot(ClusterSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** The version at which this is the state of every kind in it. */
  public ResourceVersion resourceVersion() {
    return snapshot.resourceVersion();
  }

  /** Reads of one of the kinds. They send nothing. */
  public <T extends HasMetadata> SnapshotReads<T> reads(Class<T> kind) {
    return snapshot.reads(Fabric8Model.of(kind));
  }
}
