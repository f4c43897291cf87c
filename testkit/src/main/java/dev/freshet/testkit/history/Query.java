package dev.freshet.testkit.history;

/**
 * What a read asked for.
 *
 * @param collection the kind, by the name that its events have in the {@link EtcdLog}
 * @param namespace a namespace, or empty for all
 * @param name one object's name, or empty for a list
 * @param labels a label selector as Kubernetes writes it, such as {@code a=b,c in (d,e),!f}, or
 *     empty for none
 */
public record Query(String collection, String namespace, String name, String labels) {
  /** Every object of a kind. */
  public static Query all(String collection) {
    return new Query(collection, "", "", "");
  }

  /** Only the objects of one namespace. */
  public Query inNamespace(String only) {
    return new Query(collection, only, name, labels);
  }

  /** Only the objects that a label selector selects. */
  public Query labels(String selector) {
    return new Query(collection, namespace, name, selector);
  }

  /** One object; its namespace is {@link #namespace()}, empty for a cluster-wide kind. */
  public Query named(String only) {
    return new Query(collection, namespace, only, labels);
  }

  @Override
  public String toString() {
    return collection
        + (namespace.isEmpty() ? "" : " in " + namespace)
        + (name.isEmpty() ? "" : " named " + name)
        + (labels.isEmpty() ? "" : " with " + labels);
  }
}
