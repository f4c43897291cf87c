package dev.freshet.store;

import dev.freshet.object.ObjectKey;
import dev.freshet.object.StoredObject;

/** All objects that carry one label, or that one index has under one value. */
record Posting(IndexKey key, SortedTree<ObjectKey, StoredObject> objects) {

  static Posting empty(IndexKey key) {
    return new Posting(key, SortedTree.empty(StoredObject::key));
  }
}
