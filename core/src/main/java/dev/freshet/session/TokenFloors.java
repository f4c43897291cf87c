package dev.freshet.session;

import dev.freshet.error.InvalidTokenException;
import dev.freshet.object.Namespaces;
import dev.freshet.object.ResourceVersion;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The floors that a token carries, by collection and namespace. Immutable.
 *
 * <p>{@link ResourceVersion#NONE} stands for "only a strong read shows it".
 *
 * @param cluster which cluster's versions they are
 * @param collections by name as in RBAC, then by namespace, {@code ""} for all
 * @param restStrong whether reads of all other collections must be strong
 */
public record TokenFloors(
    String cluster,
    SortedMap<String, SortedMap<String, ResourceVersion>> collections,
    boolean restStrong) {

  private static final String STRONG = "the token needs a strong read here";

  public TokenFloors {
    SortedMap<String, SortedMap<String, ResourceVersion>> copy = new TreeMap<>();
    collections.forEach(
        (name, floors) -> copy.put(name, Collections.unmodifiableSortedMap(new TreeMap<>(floors))));
    collections = Collections.unmodifiableSortedMap(copy);
  }

  /** The floors of a session. */
  public static TokenFloors of(String cluster, Floors floors) {
    SortedMap<String, SortedMap<String, ResourceVersion>> collections = new TreeMap<>();
    boolean restStrong =
        floors.export(
            (collection, namespace, version) ->
                collections
                    .computeIfAbsent(collection, unused -> new TreeMap<>())
                    .merge(namespace, version, TokenFloors::stronger));
    return new TokenFloors(cluster, collections, restStrong);
  }

  private static ResourceVersion stronger(ResourceVersion one, ResourceVersion other) {
    return one.isComparable() && other.isComparable()
        ? Floor.max(one, other)
        : ResourceVersion.NONE;
  }

  /**
   * The floors of both.
   *
   * @throws InvalidTokenException if they are of different clusters
   */
  public TokenFloors and(TokenFloors other) {
    if (!cluster.equals(other.cluster)) {
      throw new InvalidTokenException(
          "the tokens are of different clusters, " + cluster + " and " + other.cluster,
          "Keep one token for each cluster.");
    }
    SortedMap<String, SortedMap<String, ResourceVersion>> both = new TreeMap<>();
    collections.forEach((name, floors) -> both.put(name, merged(floors, other.floorsOf(name))));
    other.collections.forEach(
        (name, floors) -> both.computeIfAbsent(name, unused -> merged(floors, floorsOf(name))));
    return new TokenFloors(cluster, both, restStrong || other.restStrong);
  }

  private SortedMap<String, ResourceVersion> floorsOf(String collection) {
    SortedMap<String, ResourceVersion> known = collections.get(collection);
    if (known != null) {
      return known;
    }
    return restStrong ? new TreeMap<>(Map.of(CollectionFloors.ALL, ResourceVersion.NONE)) : NOTHING;
  }

  private static final SortedMap<String, ResourceVersion> NOTHING =
      Collections.unmodifiableSortedMap(new TreeMap<>());

  private static SortedMap<String, ResourceVersion> merged(
      SortedMap<String, ResourceVersion> one, SortedMap<String, ResourceVersion> other) {
    SortedMap<String, ResourceVersion> both = new TreeMap<>(one);
    other.forEach((namespace, version) -> both.merge(namespace, version, TokenFloors::stronger));
    return both;
  }

  /** The same, with one floor for all namespaces of each collection: more, never less. */
  TokenFloors withoutNamespaces() {
    SortedMap<String, SortedMap<String, ResourceVersion>> fewer = new TreeMap<>();
    collections.forEach(
        (name, floors) ->
            floors.values().stream()
                .reduce(TokenFloors::stronger)
                .ifPresent(
                    most -> fewer.put(name, new TreeMap<>(Map.of(CollectionFloors.ALL, most)))));
    return new TokenFloors(cluster, fewer, restStrong);
  }

  /** The same without its last collection, which strong reads then stand for. */
  TokenFloors withoutLast() {
    return new TokenFloors(cluster, collections.headMap(collections.lastKey()), true);
  }

  /** What a read in the same cluster must show at least. */
  public Demand demand(String collection, Namespaces in) {
    CollectionFloors needed = new CollectionFloors();
    Map<String, ResourceVersion> floors = new HashMap<>(floorsOf(collection));
    boolean strong = false;
    for (var floor : floors.entrySet()) {
      if (floor.getValue().isComparable()) {
        needed.raise(floor.getKey(), Floor.at(floor.getValue()));
      } else {
        strong |= in.isAll() || floor.getKey().isEmpty() || in.names().contains(floor.getKey());
      }
    }
    Demand demand = needed.demand(in);
    return strong ? demand.onlyStrong(STRONG) : demand;
  }

  /** Raises the floors of a session by these. */
  public void raise(Floors session) {
    collections.forEach(
        (collection, floors) ->
            floors.forEach(
                (namespace, version) -> {
                  if (version.isComparable()) {
                    session.raise(collection, namespace, Floor.at(version));
                  } else {
                    session.markUnknown(collection, namespace);
                  }
                }));
    if (restStrong) {
      session.markRestUnknown();
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("cluster=").append(cluster);
    collections.forEach(
        (collection, floors) ->
            floors.forEach(
                (namespace, version) -> {
                  text.append(' ').append(collection);
                  if (!namespace.isEmpty()) {
                    text.append('[').append(namespace).append(']');
                  }
                  text.append('@').append(version.isComparable() ? version.text() : "strong");
                }));
    return restStrong ? text.append(" rest@strong").toString() : text.toString();
  }
}
