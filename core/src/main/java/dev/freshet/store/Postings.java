package dev.freshet.store;

import dev.freshet.object.ObjectKey;
import dev.freshet.object.StoredObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
   * Builds all at once, of objects in key order. Many carry the same, as Pods of one workload do,
   * which follow each other: the places of that are looked up once.
   *
   * @param carried what an object carries
   * @param keysOf the parts of that, each of which gets a posting
   */
  @SuppressWarnings("ReferenceEquality") // What is equal and not the same is found in the map.
  static <S> Postings of(
      Collection<StoredObject> sorted,
      Function<StoredObject, S> carried,
      Function<S, List<IndexKey>> keysOf) {
    TreeMap<IndexKey, List<StoredObject>> carriers = new TreeMap<>();
    Map<S, List<List<StoredObject>>> known = new HashMap<>();
    @Nullable S before = null;
    List<List<StoredObject>> places = List.of();
    for (StoredObject object : sorted) {
      S all = carried.apply(object);
      if (all != before) {
        before = all;
        places =
            known.computeIfAbsent(
                all,
                some -> {
                  List<List<StoredObject>> found = new ArrayList<>();
                  for (IndexKey key : keysOf.apply(some)) {
                    found.add(carriers.computeIfAbsent(key, any -> new ArrayList<>()));
                  }
                  return found;
                });
      }
      for (List<StoredObject> place : places) {
        place.add(object);
      }
    }
    List<Posting> postings = new ArrayList<>(carriers.size());
    carriers.forEach(
        (key, objects) ->
            postings.add(new Posting(key, SortedTree.ofSorted(StoredObject::key, objects))));
    return new Postings(SortedTree.ofSorted(Posting::key, postings));
  }

  Postings with(List<IndexKey> keys, StoredObject object) {
    var next = byKey;
    for (IndexKey key : keys) {
      Posting posting = next.get(key);
      if (posting == null) {
        posting = Posting.empty(key);
      }
      next = next.with(new Posting(posting.key(), posting.objects().with(object)));
    }
    return new Postings(next);
  }

  Postings without(List<IndexKey> keys, ObjectKey object) {
    var next = byKey;
    for (IndexKey key : keys) {
      Posting posting = next.get(key);
      if (posting != null) {
        var remaining = posting.objects().without(object);
        next = remaining.size() == 0 ? next.without(key) : next.with(new Posting(key, remaining));
      }
    }
    return new Postings(next);
  }

  /** The objects that carry it. */
  SortedTree<ObjectKey, StoredObject> carrying(IndexKey key) {
    Posting posting = byKey.get(key);
    return posting == null ? SortedTree.empty(StoredObject::key) : posting.objects();
  }

  /** How many different keys are carried. */
  int size() {
    return byKey.size();
  }
}
