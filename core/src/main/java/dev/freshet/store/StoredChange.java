package dev.freshet.store;

import dev.freshet.object.ObjectKey;
import dev.freshet.object.StoredObject;

/** One change of one object in a stream. Immutable. */
public sealed interface StoredChange {

  /** The object's. */
  ObjectKey key();

  /** A state of the collection that has this change in it. */
  Position at();

  /** An object that was not there before. */
  record Added(StoredObject now, Position at) implements StoredChange {
    @Override
    public ObjectKey key() {
      return now.key();
    }
  }

  /** Another version of the same object. */
  record Updated(StoredObject before, StoredObject now, Position at) implements StoredChange {
    @Override
    public ObjectKey key() {
      return now.key();
    }
  }

  /**
   * An object that is gone.
   *
   * @param before as it was held
   * @param last as it was when it went; what was held if nobody saw that
   * @param finalStateUnknown whether nobody saw that: it was missing in a new complete list
   */
  record Deleted(StoredObject before, StoredObject last, boolean finalStateUnknown, Position at)
      implements StoredChange {
    @Override
    public ObjectKey key() {
      return before.key();
    }
  }
}
