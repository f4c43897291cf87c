package dev.freshet.object;

/**
 * Namespace and name of an object; the namespace is empty for a cluster-scoped one.
 *
 * <p>The order is the API server's list order: that of the bytes of {@code namespace/name} in etcd,
 * where {@code a-b/x} comes before {@code a/x} since {@code -} sorts before {@code /}.
 */
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {

  @Override
  public int compareTo(ObjectKey other) {
    if (namespace.equals(other.namespace)) {
      return name.compareTo(other.name);
    }
    return compareNamespaces(namespace, other.namespace);
  }

  /** Compares {@code left + "/"} with {@code right + "/"} without building either. */
  private static int compareNamespaces(String left, String right) {
    int shared = Math.min(left.length(), right.length());
    for (int i = 0; i < shared; i++) {
      int difference = left.charAt(i) - right.charAt(i);
      if (difference != 0) {
        return difference;
      }
    }
    char leftNext = left.length() > shared ? left.charAt(shared) : '/';
    char rightNext = right.length() > shared ? right.charAt(shared) : '/';
    return leftNext - rightNext;
  }

  /** {@code namespace/name}, or the name alone when cluster-scoped. */
  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
