package dev.freshet.store;

import dev.freshet.object.ObjectKey;
import dev.freshet.object.StoredObject;

/** All objects that carry one label pair. */
record Posting(LabelPair pair, SortedTree<ObjectKey, StoredObject> objects) {

  static Posting empty(LabelPair pair) {
    return new Posting(pair, SortedTree.empty(StoredObject::key));
  }
}
