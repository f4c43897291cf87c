package dev.freshet.selector;

import dev.freshet.object.Labels;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One condition on one label. Immutable.
 *
 * <p>Equality is {@link In} with one value and inequality {@link NotIn} with one value, so an index
 * by label value has a single case to look for. The text of each is the condition as the API server
 * reads it.
 */
public sealed interface Requirement {

  /** The label this is about. */
  String key();

  /** Whether labels fulfil this; the meaning is that of the API server. */
  boolean matches(Labels labels);

  /**
   * The label is there with one of these values: {@code k=v}, {@code k in (a,b)}.
   *
   * @param values at least one, sorted, each once
   */
  record In(String key, List<String> values) implements Requirement {
    public In {
      values = values.stream().sorted().distinct().toList();
    }

    @Override
    public boolean matches(Labels labels) {
      String value = labels.get(key);
      return value != null && contains(values, value);
    }

    @Override
    public String toString() {
      return values.size() == 1
          ? key + "=" + values.getFirst()
          : key + " in (" + String.join(",", values) + ")";
    }
  }

  /**
   * The label is absent or has another value than these: {@code k!=v}, {@code k notin (a,b)}.
   *
   * @param values at least one, sorted, each once
   */
  record NotIn(String key, List<String> values) implements Requirement {
    public NotIn {
      values = values.stream().sorted().distinct().toList();
    }

    @Override
    public boolean matches(Labels labels) {
      String value = labels.get(key);
      return value == null || !contains(values, value);
    }

    @Override
    public String toString() {
      return values.size() == 1
          ? key + "!=" + values.getFirst()
          : key + " notin (" + String.join(",", values) + ")";
    }
  }

  /** The label is there, whatever its value: {@code k}. */
  record Exists(String key) implements Requirement {
    @Override
    public boolean matches(Labels labels) {
      return labels.get(key) != null;
    }

    @Override
    public String toString() {
      return key;
    }
  }

  /** The label is not there: {@code !k}. */
  record Absent(String key) implements Requirement {
    @Override
    public boolean matches(Labels labels) {
      return labels.get(key) == null;
    }

    @Override
    public String toString() {
      return "!" + key;
    }
  }

  /** The label is there and is a 64-bit integer above the bound: {@code k>1}. */
  record GreaterThan(String key, long bound) implements Requirement {
    @Override
    public boolean matches(Labels labels) {
      Long value = integer(labels.get(key));
      return value != null && value > bound;
    }

    @Override
    public String toString() {
      return key + ">" + bound;
    }
  }

  /** The label is there and is a 64-bit integer below the bound: {@code k<1}. */
  record LessThan(String key, long bound) implements Requirement {
    @Override
    public boolean matches(Labels labels) {
      Long value = integer(labels.get(key));
      return value != null && value < bound;
    }

    @Override
    public String toString() {
      return key + "<" + bound;
    }
  }

  private static boolean contains(List<String> sorted, String value) {
    return Collections.binarySearch(sorted, value) >= 0;
  }

  private static @Nullable Long integer(@Nullable String value) {
    return value == null ? null : LabelSyntax.integer(value);
  }
}
