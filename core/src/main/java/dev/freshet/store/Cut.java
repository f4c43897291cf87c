package dev.freshet.store;

import dev.freshet.object.Namespaces;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The snapshots that one answer is made of: one, or one for each stream of a cache that follows
 * several namespaces, in the order of their names. Immutable.
 *
 * <p>Several streams have no moment in common, so a cut through them promises of each only what the
 * least of them holds.
 */
public final class Cut {

  private final List<Snapshot> parts;

  /** A cut of at least one snapshot. */
  public Cut(List<Snapshot> parts) {
    this.parts = List.copyOf(parts);
  }

  public List<Snapshot> parts() {
    return parts;
  }

  /** Everything committed up to this version is in: the least frontier of all. */
  public ResourceVersion asOf() {
    ResourceVersion least = parts.getFirst().frontier();
    for (Snapshot part : parts) {
      if (!part.frontier().isComparable() || !least.isComparable()) {
        return parts.size() == 1 ? least : ResourceVersion.NONE;
      }
      least = least.isAtLeast(part.frontier()) ? part.frontier() : least;
    }
    return least;
  }

  /** Grows whenever the history of any part is replaced; 1 at first. */
  public int epoch() {
    int epoch = 1;
    for (Snapshot part : parts) {
      epoch += part.epoch() - 1;
    }
    return epoch;
  }

  public int size() {
    return parts.stream().mapToInt(Snapshot::size).sum();
  }

  public Optional<StoredObject> get(ObjectKey key) {
    for (Snapshot part : parts) {
      Optional<StoredObject> found = part.get(key);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** As {@link Snapshot#select}, over all parts, in the API server's list order. */
  public List<StoredObject> select(
      Namespaces in, LabelSelector labels, Predicate<StoredObject> filter) {
    return select(in, labels, List.of(), filter);
  }

  /** The same, of those that the declared indexes have under each of these values. */
  public List<StoredObject> select(
      Namespaces in, LabelSelector labels, List<IndexKey> indexed, Predicate<StoredObject> filter) {
    if (parts.size() == 1 && in.names().size() <= 1) {
      return parts.getFirst().select(in.single(), labels, indexed, filter);
    }
    List<StoredObject> matches = new ArrayList<>();
    if (parts.size() > 1) {
      // One part, one namespace; the cut holds no others than were asked for.
      parts.forEach(part -> matches.addAll(part.select(Optional.empty(), labels, indexed, filter)));
    } else {
      Snapshot only = parts.getFirst();
      in.names()
          .forEach(name -> matches.addAll(only.select(Optional.of(name), labels, indexed, filter)));
    }
    return matches;
  }

  /** How many objects {@link #select} would look at: its cost. */
  public int scanned(Namespaces in, LabelSelector labels, List<IndexKey> indexed) {
    if (parts.size() > 1 || in.isAll()) {
      return parts.stream().mapToInt(part -> part.scanned(Optional.empty(), labels, indexed)).sum();
    }
    return in.names().stream()
        .mapToInt(name -> parts.getFirst().scanned(Optional.of(name), labels, indexed))
        .sum();
  }

  /** The first failure of an index that is asked for here; empty if none fails. */
  public Optional<IndexFailure> indexFailure(List<IndexKey> indexed) {
    return parts.stream()
        .flatMap(part -> indexed.stream().flatMap(key -> part.indexFailure(key.name()).stream()))
        .findFirst();
  }
}
