package dev.freshet.store;

import dev.freshet.object.Body;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.time.Deadline;
import dev.freshet.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one stream. One writer changes it; any number of readers take snapshots.
 *
 * <p>Items, indexes and frontier are published together by one volatile write, so a reader never
 * sees one without the others. Changes are collected and become visible at {@link #publish()}.
 */
public final class Store {

  private final Waiters waiters = new Waiters();
  private final Listeners listeners = new Listeners();

  /** What has changed since the last publication. */
  private final List<StoredChange> changes = new ArrayList<>();

  private volatile @Nullable Snapshot published;

  private @Nullable Past past;
  private @Nullable Pulse pulse;

  private ObjectSet objects = ObjectSet.indexedBy(List.of());
  private ResourceVersion frontier = ResourceVersion.NONE;
  private int epoch = 1;
  private volatile long bytes;

  /** Indexes what will be held in these ways too. Once, before anything is held. */
  public void indexBy(List<ValueIndex> indexes) {
    objects = ObjectSet.indexedBy(indexes);
  }

  /**
   * Keeps past snapshots readable for so long, and of so many bytes at most, and counts changes by
   * these clocks. Once, before anything is held.
   */
  public void keepPast(Duration age, long maxBytes, TimeSource time) {
    past = new Past(age, maxBytes, time);
    pulse = new Pulse(time);
  }

  /**
   * The state at exactly this version, present or past; empty if it is not held any more, or not
   * yet, or if nothing shows that a snapshot is the state at that version. Any thread.
   */
  public Optional<Snapshot> at(ResourceVersion version) {
    Past kept = past;
    return kept == null ? Optional.empty() : kept.at(version);
  }

  /** Changes in a second, lately. Any thread. */
  public double changesPerSecond() {
    Pulse felt = pulse;
    return felt == null ? 0 : felt.perSecond();
  }

  /** Bytes of objects that only past snapshots hold, about. Any thread. */
  public long pastBytes() {
    Past kept = past;
    return kept == null ? 0 : kept.bytes();
  }

  /** What readers see now; empty until the first complete list. Any thread. */
  public Optional<Snapshot> snapshot() {
    return Optional.ofNullable(published);
  }

  /**
   * Waits until a published snapshot is enough. Any thread.
   *
   * @param enough asked on the writer's thread at every publication: cheap, and without side effect
   * @return that snapshot; empty when the deadline came first
   * @throws dev.freshet.error.ClosedException if the store is closed meanwhile
   * @throws dev.freshet.error.LimitExceededException if too many wait already
   * @throws dev.freshet.error.DeadlineException if the thread is interrupted
   */
  public Optional<Snapshot> await(Predicate<Snapshot> enough, Deadline deadline, TimeSource time) {
    return waiters.await(() -> published, enough, deadline, time);
  }

  /** Tells a listener what is held now and then of every change. Any thread. */
  public void listen(ChangeListener listener) {
    listeners.add(listener, () -> published);
  }

  /** Tells it nothing more. Any thread. */
  public void unlisten(ChangeListener listener) {
    listeners.remove(listener);
  }

  /** Fails whoever waits, now and later; what is published stays. Idempotent; any thread. */
  public void close() {
    waiters.close();
  }

  /** A complete list, sorted and indexed, but not in its place yet. Immutable. */
  public static final class Prepared {
    private final ObjectSet objects;

    private Prepared(ObjectSet objects) {
      this.objects = objects;
    }

    public int size() {
      return objects.size();
    }

    /** The bytes of all objects. O(n). */
    public long bytes() {
      return objects.bytes();
    }
  }

  /** A complete list that is sorted and indexed while it arrives. For one thread. */
  public static final class Draft {
    private final ObjectSet.Draft objects;

    private Draft(ObjectSet.Draft objects) {
      this.objects = objects;
    }

    /**
     * In any order, but that of the API server's lists costs least; of equal keys the last wins.
     */
    public void add(StoredObject object) {
      objects.add(object);
    }

    /** All that has come. The last call. */
    public Prepared prepared() {
      return new Prepared(objects.toSet());
    }
  }

  /** For a list that arrives: most of the work of {@link #replace} is done meanwhile. */
  public Draft draft() {
    return new Draft(objects.draft());
  }

  /** Does most of the work of {@link #replace} before it is known whether it is wanted. */
  public Prepared prepare(List<StoredObject> listed) {
    Draft draft = draft();
    listed.forEach(draft::add);
    return draft.prepared();
  }

  /** Puts a complete list in the place of everything, and publishes. Writer only. */
  public void replace(List<StoredObject> listed, ResourceVersion version, int newEpoch) {
    replace(prepare(listed), version, newEpoch);
  }

  /** The same. */
  public void replace(Prepared listed, ResourceVersion version, int newEpoch) {
    objects = listed.objects;
    bytes = objects.bytes();
    frontier = version;
    epoch = newEpoch;
    // Whoever listens is told the difference to what he knows, events not yet told included.
    changes.clear();
    publish(null);
  }

  /** Adds an object, or puts it in the place of an older version of it. Writer only. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // One writer.
  public void put(StoredObject object) {
    Slot slot = objects.find(object.key());
    StoredObject previous = slot == null ? null : objects.at(slot);
    Position at = new Position(object.resourceVersion(), epoch);
    if (previous != null) {
      object.shareWith(previous);
    }
    if (previous != null && previous.isSameObject(object)) {
      changes.add(new StoredChange.Updated(previous, object, at));
    } else {
      if (previous != null) {
        changes.add(new StoredChange.Deleted(previous, previous, true, at));
      }
      changes.add(new StoredChange.Added(object, at));
    }
    bytes += sizeOf(object) - sizeOf(previous);
    objects = slot == null ? objects.adding(object) : objects.replacing(slot, object);
  }

  /**
   * Forgets an object. Writer only.
   *
   * @param last as it was when it went, at the version of its going
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // One writer.
  public void remove(StoredObject last) {
    Slot slot = objects.find(last.key());
    if (slot == null) {
      return;
    }
    StoredObject previous = objects.at(slot);
    Position at = new Position(last.resourceVersion(), epoch);
    changes.add(new StoredChange.Deleted(previous, last, false, at));
    bytes -= sizeOf(previous);
    objects = objects.without(slot);
  }

  /**
   * Holds an object's bytes in another form; nothing else changes, in past snapshots either. Writer
   * only.
   */
  @SuppressWarnings({"NonAtomicVolatileUpdate", "ReferenceEquality"}) // One writer; the very one.
  public void holdAs(StoredObject object, Body same) {
    Slot slot = objects.find(object.key());
    if (slot != null && objects.at(slot) == object) {
      bytes += same.heldBytes() - sizeOf(object);
    }
    object.holdAs(same);
  }

  private static int sizeOf(@Nullable StoredObject object) {
    return object == null ? 0 : object.body().heldBytes();
  }

  /** Gives up everything: readers find nothing until the next complete list. Writer only. */
  public void clear() {
    changes.clear();
    objects = objects.draft().toSet();
    bytes = 0;
    published = null;
    if (past != null) {
      past.clear();
    }
  }

  /** The bytes of all objects that the writer holds, without rows and indexes. Any thread. */
  public long bytes() {
    return bytes;
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
    publish(published);
  }

  /**
   * @param before where the changes lead from; null if they do not
   */
  private void publish(@Nullable Snapshot before) {
    Snapshot next = new Snapshot(objects, frontier, epoch);
    if (past != null) {
      past.add(next, before == null ? null : changes);
    }
    if (pulse != null && before != null && !changes.isEmpty()) {
      pulse.beat(changes.size());
    }
    published = next;
    waiters.tell(next);
    listeners.tell(before, changes, next);
    changes.clear();
  }
}
