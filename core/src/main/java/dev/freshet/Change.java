package dev.freshet;

import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;

/**
 * Something that happened to one object, as a cache saw it. Immutable; rows decode nothing until
 * asked.
 *
 * <p>Each key's changes come in order, and replaying all of them gives the state of the cache.
 * Between different keys no order is promised.
 */
public sealed interface Change<T> {

  /** The newest that is known of the object; of a deleted one, its last state. */
  Row<T> row();

  /** Where in the history this is, and how much it stands for. */
  Occurrence occurrence();

  /**
   * An object that was not there before, or that did not match.
   *
   * @param initial whether it was there already when the handler began
   */
  record Added<T>(Row<T> row, boolean initial, Occurrence occurrence) implements Change<T> {}

  /**
   * Another version of an object.
   *
   * @param before the version that this handler was told last
   */
  record Updated<T>(Row<T> before, Row<T> now, Occurrence occurrence) implements Change<T> {
    @Override
    public Row<T> row() {
      return now;
    }
  }

  /**
   * An object that is gone, or that matches no longer.
   *
   * @param last its last state, at the version of its deletion; of one that matches no longer, the
   *     last state that did
   * @param finalStateUnknown whether it went while the cache was not connected: {@code last} is
   *     then only the last state that the cache saw
   */
  record Deleted<T>(Row<T> last, boolean finalStateUnknown, Occurrence occurrence)
      implements Change<T> {
    @Override
    public Row<T> row() {
      return last;
    }
  }

  default ObjectKey key() {
    return row().key();
  }

  /** See {@link Occurrence#collectionVersion()}. */
  default ResourceVersion collectionVersion() {
    return occurrence().collectionVersion();
  }

  /** See {@link Occurrence#epoch()}. */
  default int epoch() {
    return occurrence().epoch();
  }

  /** See {@link Occurrence#standsFor()}. */
  default int standsFor() {
    return occurrence().standsFor();
  }

  /** See {@link Occurrence#token()}. */
  default Token token() {
    return occurrence().token();
  }

  /** Whether states between were left out, since the handler was slower than the changes. */
  default boolean isConflated() {
    return standsFor() > 1;
  }
}
