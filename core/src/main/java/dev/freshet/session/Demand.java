package dev.freshet.session;

import dev.freshet.object.ResourceVersion;
import dev.freshet.store.Snapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * What one read must show at least, as known when it was asked for. Immutable.
 *
 * <p>A stream meets it when its frontier has reached every floor that concerns the stream and its
 * snapshot shows every delete. A read in all namespaces from a stream of all is concerned by every
 * floor; a stream of one namespace only by that of its own and that of all.
 */
public final class Demand {

  /** What a read needs that nothing went before. */
  public static final Demand NONE = new Demand(Map.of(), List.of(), List.of(), "", false);

  private final Map<String, Floor> floors;
  private final List<PendingDelete> deletes;
  private final List<CountDownLatch> unanswered;
  private final String strong;
  private final boolean opaque;

  Demand(
      Map<String, Floor> floors,
      List<PendingDelete> deletes,
      List<CountDownLatch> unanswered,
      String strong,
      boolean opaque) {
    this.floors = Map.copyOf(floors);
    this.deletes = List.copyOf(deletes);
    this.unanswered = List.copyOf(unanswered);
    this.strong = strong;
    this.opaque = opaque;
  }

  /** The demand that only the server can meet, and why. */
  public static Demand strong(String why) {
    return new Demand(Map.of(), List.of(), List.of(), why, false);
  }

  /** The same, once no request is waited for any more. */
  public Demand answered() {
    return new Demand(floors, deletes, List.of(), strong, opaque);
  }

  /** The same, which only the server can meet. */
  Demand onlyStrong(String why) {
    return new Demand(floors, deletes, unanswered, why, opaque);
  }

  /** Why only the server can meet it; empty if a cache may. */
  public Optional<String> needsServer() {
    return strong.isEmpty() ? Optional.empty() : Optional.of(strong);
  }

  /** Requests of the session that had no answer when this was made; each opens when it has. */
  public List<CountDownLatch> unanswered() {
    return unanswered;
  }

  /** Whether the API's versions have no order, so that no cache can be compared with them. */
  public boolean isOpaque() {
    return opaque;
  }

  /**
   * Whether a snapshot shows everything that is asked of it. Cheap, and without side effect.
   *
   * @param stream the namespace that its stream follows; empty for all
   */
  public boolean isMetBy(Optional<String> stream, Snapshot snapshot) {
    ResourceVersion wanted = wanted(stream, snapshot.epoch());
    ResourceVersion frontier = snapshot.frontier();
    if (wanted.isComparable() && !(frontier.isComparable() && frontier.isAtLeast(wanted))) {
      return false;
    }
    for (PendingDelete delete : deletes) {
      if (concerns(stream, delete.key().namespace()) && !delete.isShownBy(snapshot)) {
        return false;
      }
    }
    return true;
  }

  /** The version that a stream must have reached; {@link ResourceVersion#NONE} if any will do. */
  public ResourceVersion wanted(Optional<String> stream, int epoch) {
    ResourceVersion most = ResourceVersion.NONE;
    for (var floor : floors.entrySet()) {
      if (concerns(stream, floor.getKey())) {
        most = Floor.max(most, floor.getValue().wanted(epoch));
      }
    }
    return most;
  }

  /** The version that the server must have reached. */
  public ResourceVersion wanted(int epoch) {
    return wanted(Optional.empty(), epoch);
  }

  private static boolean concerns(Optional<String> stream, String namespace) {
    return stream.isEmpty()
        || namespace.equals(CollectionFloors.ALL)
        || stream.get().equals(namespace);
  }

  Set<PendingDelete> deletes() {
    return new HashSet<>(deletes);
  }

  /** How many deletes a snapshot must show. */
  public int pendingDeletes() {
    return deletes.size();
  }
}
