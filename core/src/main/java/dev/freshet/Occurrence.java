package dev.freshet;

import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import dev.freshet.session.TokenFloors;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where in the history that a cache follows a change is. Immutable and thread-safe. */
public final class Occurrence {

  private final Cluster cluster;
  private final ResourceType collection;
  private final Optional<String> namespace;
  private final ResourceVersion collectionVersion;
  private final int epoch;
  private final int standsFor;

  Occurrence(
      Cluster cluster,
      ResourceType collection,
      Optional<String> namespace,
      ResourceVersion collectionVersion,
      int epoch,
      int standsFor) {
    this.cluster = cluster;
    this.collection = collection;
    this.namespace = namespace;
    this.collectionVersion = collectionVersion;
    this.epoch = epoch;
    this.standsFor = standsFor;
  }

  /** Whose history. */
  public ResourceType collection() {
    return collection;
  }

  /** The only namespace that this history is of; empty for all. */
  public Optional<String> namespace() {
    return namespace;
  }

  /**
   * A state of the collection that has this change in it, and all that this handler was told of
   * this history before.
   */
  public ResourceVersion collectionVersion() {
    return collectionVersion;
  }

  /** Grows when the cluster's history is replaced, as after an etcd restore. */
  public int epoch() {
    return epoch;
  }

  /** How many changes of the object this one tells; 1 unless conflated. */
  public int standsFor() {
    return standsFor;
  }

  /**
   * A token for what the handler has been told of this history so far: a read at least as fresh
   * sees it. The first token of a cluster asks it for its identity, once.
   *
   * @throws dev.freshet.error.FreshetException if the cluster cannot be asked for its identity
   */
  public Token token() {
    ResourceVersion version =
        collectionVersion.isComparable() ? collectionVersion : ResourceVersion.NONE;
    var floors = new TreeMap<>(Map.of(namespace.orElse(""), version));
    return new Token(
        new TokenFloors(
            cluster.identity().text(),
            new TreeMap<>(Map.of(collection.qualifiedName(), floors)),
            false));
  }

  @Override
  public String toString() {
    return collection
        + namespace.map(in -> "[" + in + "]").orElse("")
        + "@"
        + collectionVersion
        + " epoch="
        + epoch
        + (standsFor == 1 ? "" : " standsFor=" + standsFor);
  }
}
