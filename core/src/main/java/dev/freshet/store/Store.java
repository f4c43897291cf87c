package dev.freshet.store;

import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one stream. One writer changes it; any number of readers take snapshots.
 *
 * <p>Items, indexes and frontier are published together by one volatile write, so a reader never
 * sees one without the others. Changes are collected and become visible at {@link #publish()}.
 */
public final class Store {

  private volatile @Nullable Snapshot published;

  private ObjectSet objects = ObjectSet.EMPTY;
  private ResourceVersion frontier = ResourceVersion.NONE;
  private int epoch = 1;

  /** What readers see now; empty until the first complete list. Any thread. */
  public Optional<Snapshot> snapshot() {
    return Optional.ofNullable(published);
  }

  /** Puts a complete list in the place of everything, and publishes. Writer only. */
  public void replace(List<StoredObject> listed, ResourceVersion version, int newEpoch) {
    objects = ObjectSet.of(listed);
    frontier = version;
    epoch = newEpoch;
    publish();
  }

  /** Adds an object, or puts it in the place of an older version of it. Writer only. */
  public void put(StoredObject object) {
    objects = objects.with(object);
  }

  /** Forgets an object. Writer only. */
  public void remove(ObjectKey key) {
    objects = objects.without(key);
  }

  /** Says that everything up to {@code version} is in. Writer only. */
  public void advance(ResourceVersion version) {
    frontier = version;
  }

  /** How far the writer is; ahead of what is published inside a batch. Writer only. */
  public ResourceVersion frontier() {
    return frontier;
  }

  /** Makes everything since the last call visible at once. Writer only. */
  public void publish() {
    published = new Snapshot(objects, frontier, epoch);
  }
}
