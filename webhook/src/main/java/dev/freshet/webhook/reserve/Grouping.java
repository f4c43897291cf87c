package dev.freshet.webhook.reserve;

import dev.freshet.Query;
import dev.freshet.Row;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/**
 * Which objects a constraint counts together. A pure function of an object: what {@link #groupOf}
 * says of one must be what {@link #members} and {@link #counts} find, or objects are counted in one
 * group and reserved in another.
 */
public interface Grouping<T extends HasMetadata> {

  /**
   * The group of an object; empty if the constraint does not concern it.
   *
   * @param namespace of the object; empty for a cluster-scoped one
   */
  Optional<Group> groupOf(String namespace, T object);

  /** Finds all objects of a group, in the group's namespace if it has one. */
  Query members(Group group);

  /** Whether an object that {@link #members} has found is counted; such as not finished ones. */
  default boolean counts(Row<T> row) {
    return true;
  }

  /** By the value of a label, within a namespace; objects without it are of no concern. */
  static <T extends HasMetadata> LabelGrouping<T> byLabel(String key) {
    return LabelGrouping.of(key);
  }
}
