package dev.freshet.store;

import dev.freshet.object.ObjectKey;
import java.util.List;

/** All objects that carry one label, or that one index has under one value; at least one. */
sealed interface Posting {

  IndexKey key();

  /** Where they stand. */
  SortedTree<ObjectKey, Slot> slots();

  /** One of what a draft has found, in key order. */
  static Posting of(IndexKey key, List<Slot> slots) {
    return slots.size() == 1
        ? new Single(key, slots.getFirst())
        : new Many(key, SortedTree.ofSorted(Slot::key, slots));
  }

  /** Of a value that one object has alone, such as its name: of those there are most. */
  record Single(IndexKey key, Slot slot) implements Posting {

    @Override
    public SortedTree<ObjectKey, Slot> slots() {
      return SortedTree.<ObjectKey, Slot>empty(Slot::key).with(slot);
    }
  }

  /** Of any number. */
  record Many(IndexKey key, SortedTree<ObjectKey, Slot> slots) implements Posting {}
}
