package dev.freshet.store;

/** A label key with one of its values, ordered by key, then value. */
record LabelPair(String key, String value) implements Comparable<LabelPair> {

  @Override
  public int compareTo(LabelPair other) {
    int byKey = key.compareTo(other.key);
    return byKey != 0 ? byKey : value.compareTo(other.value);
  }
}
