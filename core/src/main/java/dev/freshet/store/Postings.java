package dev.freshet.store;

import dev.freshet.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Objects by what they carry. Immutable; a change shares nearly all of the old one. */
final class Postings {

  static final Postings EMPTY = new Postings(SortedTree.empty(Posting::key));

  private final SortedTree<IndexKey, Posting> byKey;

  private Postings(SortedTree<IndexKey, Posting> byKey) {
    this.byKey = byKey;
  }

  /**
   * Postings of many slots, which come in key order. Objects that follow each other often carry the
   * same, as Pods of one workload do: the places of that are looked up once. For one thread.
   *
   * @param <S> what an object carries
   */
  static final class Draft<S> {
    private final Function<S, List<IndexKey>> keysOf;
    private final TreeMap<IndexKey, List<Slot>> carriers = new TreeMap<>();

    /** Where the last slot went. */
    private final List<List<Slot>> places = new ArrayList<>();

    private @Nullable S before;

    /**
     * Of nothing yet.
     *
     * @param keysOf the parts of what is carried, each of which gets a posting
     */
    Draft(Function<S, List<IndexKey>> keysOf) {
      this.keysOf = keysOf;
    }

    @SuppressWarnings("ReferenceEquality") // What is equal and not the same is looked up.
    void add(Slot slot, S carried) {
      if (carried != before) {
        before = carried;
        places.clear();
        for (IndexKey key : keysOf.apply(carried)) {
          places.add(carriers.computeIfAbsent(key, any -> new ArrayList<>(1)));
        }
      }
      for (int i = 0; i < places.size(); i++) {
        places.get(i).add(slot);
      }
    }

    Postings toPostings() {
      List<Posting> postings = new ArrayList<>(carriers.size());
      carriers.forEach((key, slots) -> postings.add(Posting.of(key, slots)));
      return new Postings(SortedTree.ofSorted(Posting::key, postings));
    }
  }

  Postings with(List<IndexKey> keys, Slot slot) {
    var next = byKey;
    for (IndexKey key : keys) {
      Posting posting = next.get(key);
      next =
          next.with(
              posting == null
                  ? new Posting.Single(key, slot)
                  : new Posting.Many(posting.key(), posting.slots().with(slot)));
    }
    return new Postings(next);
  }

  Postings without(List<IndexKey> keys, Slot slot) {
    var next = byKey;
    for (IndexKey key : keys) {
      Posting posting = next.get(key);
      if (posting != null) {
        var remaining = posting.slots().without(slot.key());
        next =
            remaining.size() == 0
                ? next.without(key)
                : next.with(new Posting.Many(posting.key(), remaining));
      }
    }
    return new Postings(next);
  }

  /** The objects that carry it. */
  SortedTree<ObjectKey, Slot> carrying(IndexKey key) {
    Posting posting = byKey.get(key);
    return posting == null ? SortedTree.empty(Slot::key) : posting.slots();
  }

  /** How many different keys are carried. */
  int size() {
    return byKey.size();
  }
}
