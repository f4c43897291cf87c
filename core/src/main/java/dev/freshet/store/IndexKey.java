package dev.freshet.store;

/**
 * What a posting is of: a label or an index, with one of its values. Ordered by name, then value.
 */
public record IndexKey(String name, String value) implements Comparable<IndexKey> {

  @Override
  public int compareTo(IndexKey other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : value.compareTo(other.value);
  }
}
