package dev.freshet;

import dev.freshet.codec.FieldShape;
import dev.freshet.error.ConfigurationException;
import dev.freshet.object.FieldPath;
import dev.freshet.object.ResourceType;

/** An index that a cache keeps beside those of labels and namespaces. Immutable. */
public sealed interface CacheIndex {

  /** What a query names it by. */
  String name();

  /**
   * By one field. A field selector on exactly this path is answered by it.
   *
   * @param path to a single value
   * @param whenAbsent the value of an object that lacks the field
   */
  record ByField(FieldPath path, String whenAbsent) implements CacheIndex {
    @Override
    public String name() {
      return path.toString();
    }
  }

  /** By what a function says. */
  record ByFunction(String name, IndexFunction function) implements CacheIndex {
    public ByFunction {
      if (name.isBlank()) {
        throw new ConfigurationException("an index has no name", "Give it one.");
      }
    }
  }

  /**
   * An index of a field.
   *
   * @throws ConfigurationException if no object of this kind can have one value there
   */
  static CacheIndex of(ResourceType type, String path) {
    FieldPath parsed;
    try {
      parsed = FieldPath.of(path);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "an index of " + type + " is on what is " + e.getMessage(),
          "Write a path such as spec.nodeName.",
          e);
    }
    return switch (FieldShape.of(type, parsed)) {
      case FieldShape.Value(String whenAbsent) -> new ByField(parsed, whenAbsent);
      case FieldShape.Unknown unknown -> new ByField(parsed, "");
      case FieldShape.NoValue(String why) ->
          throw new ConfigurationException(
              type + " cannot be indexed by " + path + ": " + why,
              "Correct the path, or index by a function.");
    };
  }
}
