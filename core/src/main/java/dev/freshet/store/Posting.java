package dev.freshet.store;

import dev.freshet.object.ObjectKey;

/** All objects that carry one label, or that one index has under one value. */
record Posting(IndexKey key, SortedTree<ObjectKey, Slot> slots) {

  static Posting empty(IndexKey key) {
    return new Posting(key, SortedTree.empty(Slot::key));
  }
}
