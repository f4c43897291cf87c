package dev.freshet.object;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The labels of one object, sorted by key, in one flat array. Immutable. A lookup costs a binary
 * search; Kubernetes does not bound the number of labels, but objects carry few.
 */
public final class Labels {

  /** No labels. */
  public static final Labels NONE = new Labels(new String[0]);

  private final String[] keysAndValues;

  private Labels(String[] keysAndValues) {
    this.keysAndValues = keysAndValues;
  }

  public static Labels of(Map<String, String> labels) {
    if (labels.isEmpty()) {
      return NONE;
    }
    String[] flat = new String[labels.size() * 2];
    int next = 0;
    for (var label : new TreeMap<>(labels).entrySet()) {
      flat[next++] = label.getKey();
      flat[next++] = label.getValue();
    }
    return new Labels(flat);
  }

  /**
   * Labels from keys and values in turn, in any order; a key that comes again replaces the earlier
   * one. Takes the array over. Fast when the keys are sorted, as the API server writes them.
   */
  public static Labels ofPairs(String[] keysAndValues) {
    for (int i = 2; i < keysAndValues.length; i += 2) {
      if (keysAndValues[i - 2].compareTo(keysAndValues[i]) >= 0) {
        return of(toMap(keysAndValues));
      }
    }
    return keysAndValues.length == 0 ? NONE : new Labels(keysAndValues);
  }

  private static Map<String, String> toMap(String[] keysAndValues) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  /** The value of a label, or null if the object does not carry it. */
  public @Nullable String get(String key) {
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = keysAndValues[2 * middle].compareTo(key);
      if (order == 0) {
        return keysAndValues[2 * middle + 1];
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  public int size() {
    return keysAndValues.length / 2;
  }

  /** The key of the label at {@code index}, in key order. */
  public String keyAt(int index) {
    return keysAndValues[2 * index];
  }

  /** The value of the label at {@code index}, in key order. */
  public String valueAt(int index) {
    return keysAndValues[2 * index + 1];
  }

  /** A new, unmodifiable map in key order. */
  public Map<String, String> toMap() {
    return Collections.unmodifiableMap(toMap(keysAndValues));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Labels that && Arrays.equals(keysAndValues, that.keysAndValues);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(keysAndValues);
  }

  @Override
  public String toString() {
    return toMap().toString();
  }
}
