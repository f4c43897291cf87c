package dev.freshet.store;

import dev.freshet.object.StoredObject;
import java.util.Collection;

/** An index that a cache is declared with. Asked once for each version of each object. */
public interface ValueIndex {

  String name();

  /** The values under which the object is to be found; what it throws costs nobody the object. */
  Collection<String> valuesOf(StoredObject object);
}
