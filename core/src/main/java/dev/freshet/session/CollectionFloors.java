package dev.freshet.session;

import dev.freshet.object.Namespaces;
import dev.freshet.object.ResourceVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a session needs of one collection. Guarded by the lock of {@link Floors}.
 *
 * <p>The namespace {@code ""} stands for all of them. At a limit what is known of single namespaces
 * becomes knowledge about all: more is waited for than necessary, never less.
 */
final class CollectionFloors {

  /** Namespaces with a floor of their own. */
  static final int MAX_NAMESPACES = 1_000;

  /** Deletes whose version is not known; more make the next read strong instead. */
  static final int MAX_DELETES = 1_000;

  /** Requests under way that reads wait for; of any further one the outcome counts as unknown. */
  static final int MAX_OPEN = 1_000;

  static final String ALL = "";

  private final Map<String, Floor> floors = new HashMap<>();
  private final Map<String, Long> unknown = new HashMap<>();
  private final Map<PendingDelete, Long> deletes = new HashMap<>();
  private final Set<OpenRequest> open = new HashSet<>();
  private boolean opaque;

  void raise(String namespace, Floor floor) {
    floors.merge(namespace, floor, Floor::and);
    if (floors.size() > MAX_NAMESPACES) {
      Floor most = floors.values().stream().reduce(Floor.NONE, Floor::and);
      floors.clear();
      floors.put(ALL, most);
    }
  }

  /** A request at {@code moment} may have changed something, at a version that nobody knows. */
  void markUnknown(String namespace, long moment) {
    unknown.merge(namespace, moment, Math::max);
    if (unknown.size() > MAX_NAMESPACES) {
      unknown.clear();
      unknown.put(ALL, moment);
    }
  }

  void delete(PendingDelete delete, long moment) {
    if (deletes.size() == MAX_DELETES) {
      deletes.clear();
      markUnknown(ALL, moment);
    } else {
      deletes.put(delete, moment);
    }
  }

  /** These namespaces were seen at one version. */
  void raise(Namespaces in, Floor floor) {
    if (in.isAll()) {
      raise(ALL, floor);
    }
    in.names().forEach(namespace -> raise(namespace, floor));
  }

  void markOpaque() {
    opaque = true;
  }

  void open(OpenRequest request, long moment) {
    if (open.size() == MAX_OPEN) {
      markUnknown(request.namespace, moment);
    } else {
      open.add(request);
    }
  }

  void close(OpenRequest request) {
    open.remove(request);
  }

  /** Everything up to {@code floor} includes whatever was done before {@code moment}. */
  void consistent(Floor floor, long moment) {
    List<String> reached = new ArrayList<>();
    unknown.forEach((namespace, marked) -> addIf(marked < moment, namespace, reached));
    reached.forEach(unknown::remove);
    deletes.forEach((delete, noted) -> addIf(noted < moment, delete.key().namespace(), reached));
    deletes.values().removeIf(noted -> noted < moment);
    reached.forEach(namespace -> raise(namespace, floor));
  }

  private static void addIf(boolean condition, String namespace, List<String> to) {
    if (condition) {
      to.add(namespace);
    }
  }

  /** A floor above what the server had cannot be met: that history is gone. */
  void lower(ResourceVersion lost, Floor head) {
    ResourceVersion least = head.wanted(head.epoch());
    floors.replaceAll(
        (namespace, floor) -> {
          ResourceVersion wanted = floor.wanted(Floor.UNKNOWN_EPOCH);
          boolean above = wanted.isComparable() && !least.isAtLeast(wanted);
          // A floor above the lost one was raised since, perhaps by the new history.
          return above && lost.isAtLeast(wanted) ? head : floor;
        });
  }

  void shown(Set<PendingDelete> seen) {
    deletes.keySet().removeAll(seen);
  }

  Demand demand(Namespaces in) {
    return new Demand(
        in.isAll() ? floors : relevant(floors, in),
        deletes.keySet().stream().filter(delete -> concerns(in, delete.key().namespace())).toList(),
        open.stream()
            .filter(request -> concerns(in, request.namespace))
            .map(request -> request.settled)
            .toList(),
        unknown.keySet().stream().anyMatch(namespace -> concerns(in, namespace))
            ? "a request of this session has an unknown outcome, or was answered without a version"
            : "",
        opaque);
  }

  private static Map<String, Floor> relevant(Map<String, Floor> floors, Namespaces in) {
    Map<String, Floor> relevant = new HashMap<>();
    floors.forEach(
        (namespace, floor) -> {
          if (concerns(in, namespace)) {
            relevant.put(namespace, floor);
          }
        });
    return relevant;
  }

  private static boolean concerns(Namespaces in, String namespace) {
    return in.isAll() || namespace.equals(ALL) || in.names().contains(namespace);
  }

  /** For a token: the floors, those of {@code needsStrong} left out. */
  Map<String, Floor> floors() {
    return floors;
  }

  /** For a token: namespaces of which no version says enough. */
  Set<String> needsStrong() {
    Set<String> strong = new HashSet<>(unknown.keySet());
    deletes.keySet().forEach(delete -> strong.add(delete.key().namespace()));
    open.forEach(request -> strong.add(request.namespace));
    if (opaque) {
      strong.add(ALL);
    }
    return strong;
  }
}
