package dev.freshet.session;

import dev.freshet.object.Namespaces;
import dev.freshet.object.ResourceVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a session must not read behind: floors, deletes, and requests of unknown outcome,
 * per collection. Thread-safe; nothing here waits or sends.
 *
 * <p>A collection is named as RBAC names it ({@code deployments.apps}), a namespace by its name or
 * by {@code ""} for all, and for cluster-scoped kinds.
 */
public final class Floors {

  /** Collections that one session keeps apart; of any further one every read is strong. */
  static final int MAX_COLLECTIONS = 200;

  private static final String TOO_MANY = "this session has seen more kinds than it keeps apart";

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, CollectionFloors> collections = new HashMap<>();
  private boolean overflowed;

  /** When something was last changed or seen in kinds of which nothing is known. */
  private long restUnknownAt;

  /** Orders requests within the session: what began later has a larger number. */
  private long moment;

  /** A moment of this session, later than all before. */
  public long now() {
    lock.lock();
    try {
      return ++moment;
    } finally {
      lock.unlock();
    }
  }

  /** Something of this version was written or seen. */
  public void raise(String collection, String namespace, Floor floor) {
    with(collection, floors -> floors.raise(namespace, floor));
  }

  /** A version without an order was seen. */
  public void markOpaque(String collection) {
    with(collection, CollectionFloors::markOpaque);
  }

  /** Something was changed or seen at a version that nobody knows. */
  public void markUnknown(String collection, String namespace) {
    with(collection, floors -> floors.markUnknown(namespace, ++moment));
  }

  /** Something was changed or seen in kinds of which nothing else is known. */
  public void markRestUnknown() {
    lock.lock();
    try {
      overflowed = true;
      restUnknownAt = ++moment;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody knows what was changed or seen: every next read is strong. */
  public void markEverythingUnknown() {
    lock.lock();
    try {
      collections.values().forEach(floors -> floors.markUnknown(CollectionFloors.ALL, ++moment));
      overflowed = true;
      restUnknownAt = ++moment;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A request is about to be sent.
   *
   * @param mayChange whether it may change something: reads then wait for its answer
   */
  public OpenRequest begin(String collection, String namespace, boolean mayChange) {
    lock.lock();
    try {
      OpenRequest request = new OpenRequest(collection, namespace, ++moment);
      CollectionFloors floors = mayChange ? collection(collection) : null;
      if (floors != null) {
        floors.open(request, moment);
      }
      return request;
    } finally {
      lock.unlock();
    }
  }

  /** The request changed nothing, and showed nothing. */
  public void settledWithoutEffect(OpenRequest request) {
    settle(request, floors -> {});
  }

  /** Nobody knows what the request changed, or at which version. */
  public void settledUnknown(OpenRequest request) {
    settle(request, floors -> floors.markUnknown(request.namespace, ++moment));
  }

  /**
   * The request was answered with an object of this version.
   *
   * @param namespace that of the object
   * @param isNew whether the version was made by this request: then everything that the session did
   *     before the request lies below it
   */
  public void settledAt(OpenRequest request, String namespace, Floor floor, boolean isNew) {
    settle(
        request,
        floors -> {
          floors.raise(namespace, floor);
          if (isNew) {
            floors.consistent(floor, request.begun);
          }
        });
  }

  /**
   * The request deleted an object.
   *
   * @param floor a version at which the object was there
   */
  public void settledDelete(OpenRequest request, PendingDelete delete, Floor floor) {
    settle(
        request,
        floors -> {
          floors.raise(delete.key().namespace(), floor);
          floors.delete(delete, ++moment);
        });
  }

  private void settle(OpenRequest request, Consumer<CollectionFloors> effect) {
    lock.lock();
    try {
      CollectionFloors floors = collection(request.collection);
      if (floors != null) {
        effect.accept(floors);
        floors.close(request);
      }
    } finally {
      request.settled.countDown();
      lock.unlock();
    }
  }

  /**
   * The server answered a consistent read: its version includes all that was done before.
   *
   * @param in the namespaces that were read
   * @param begun the moment before the read was sent
   */
  public void readConsistently(String collection, Namespaces in, Floor floor, long begun) {
    with(
        collection,
        floors -> {
          floors.consistent(floor, begun);
          floors.raise(in, floor);
        });
  }

  /** These namespaces were seen at one version, of whichever history. */
  public void saw(String collection, Namespaces in, ResourceVersion version) {
    with(
        collection,
        floors -> {
          if (version.isComparable()) {
            floors.raise(in, Floor.at(version));
          } else {
            floors.markOpaque();
          }
        });
  }

  /**
   * The server is behind a floor, as after an etcd restore: what lay above is lost.
   *
   * @param lost the floor that was asked for when the server was asked
   * @param head where the server is
   */
  public void lower(String collection, ResourceVersion lost, Floor head) {
    with(collection, floors -> floors.lower(lost, head));
  }

  /** A cache met the demand: the deletes need not be looked for again. */
  public void met(String collection, Demand demand) {
    if (demand.pendingDeletes() > 0) {
      with(collection, floors -> floors.shown(demand.deletes()));
    }
  }

  /** What a read must show at least. */
  public Demand demand(String collection, Namespaces in) {
    lock.lock();
    try {
      CollectionFloors floors = collections.get(collection);
      if (floors == null) {
        return overflowed ? Demand.strong(TOO_MANY) : Demand.NONE;
      }
      return floors.demand(in);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Shows every floor, for a token: an empty version where only a strong read shows everything.
   *
   * @return whether that is so of every collection that is not shown
   */
  public boolean export(Exported sink) {
    lock.lock();
    try {
      collections.forEach(
          (collection, floors) -> {
            floors
                .floors()
                .forEach(
                    (namespace, floor) ->
                        sink.floor(collection, namespace, floor.wanted(floor.epoch())));
            floors
                .needsStrong()
                .forEach(namespace -> sink.floor(collection, namespace, ResourceVersion.NONE));
          });
      return overflowed;
    } finally {
      lock.unlock();
    }
  }

  /** Receives floors. */
  public interface Exported {
    void floor(String collection, String namespace, ResourceVersion version);
  }

  private void with(String collection, Consumer<CollectionFloors> change) {
    lock.lock();
    try {
      CollectionFloors floors = collection(collection);
      if (floors != null) {
        change.accept(floors);
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable CollectionFloors collection(String name) {
    CollectionFloors known = collections.get(name);
    if (known == null) {
      if (collections.size() == MAX_COLLECTIONS) {
        overflowed = true;
        return null;
      }
      known = new CollectionFloors();
      if (overflowed) {
        known.markUnknown(CollectionFloors.ALL, restUnknownAt);
      }
      collections.put(name, known);
    }
    return known;
  }
}
