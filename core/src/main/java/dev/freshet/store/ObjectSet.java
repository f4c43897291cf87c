package dev.freshet.store;

import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Objects in key order, with an index of their labels. Immutable: a change gives a new set that
 * shares nearly all of the old one, at O(labels * log n).
 */
final class ObjectSet {

  static final ObjectSet EMPTY =
      new ObjectSet(SortedTree.empty(StoredObject::key), SortedTree.empty(Posting::pair));

  private final SortedTree<ObjectKey, StoredObject> objects;
  private final SortedTree<LabelPair, Posting> postings;

  private ObjectSet(
      SortedTree<ObjectKey, StoredObject> objects, SortedTree<LabelPair, Posting> postings) {
    this.objects = objects;
    this.postings = postings;
  }

  /** Builds a set at once. The list may be in any order; of equal keys the last one wins. */
  static ObjectSet of(List<StoredObject> listed) {
    TreeMap<ObjectKey, StoredObject> sorted = new TreeMap<>();
    listed.forEach(object -> sorted.put(object.key(), object));
    TreeMap<LabelPair, List<StoredObject>> byLabel = new TreeMap<>();
    for (StoredObject object : sorted.values()) {
      Labels labels = object.labels();
      for (int i = 0; i < labels.size(); i++) {
        byLabel
            .computeIfAbsent(
                new LabelPair(labels.keyAt(i), labels.valueAt(i)), pair -> new ArrayList<>())
            .add(object);
      }
    }
    List<Posting> postings = new ArrayList<>(byLabel.size());
    byLabel.forEach(
        (pair, carriers) ->
            postings.add(new Posting(pair, SortedTree.ofSorted(StoredObject::key, carriers))));
    return new ObjectSet(
        SortedTree.ofSorted(StoredObject::key, new ArrayList<>(sorted.values())),
        SortedTree.ofSorted(Posting::pair, postings));
  }

  ObjectSet with(StoredObject object) {
    StoredObject previous = objects.get(object.key());
    var nextPostings = postings;
    if (previous != null && !previous.labels().equals(object.labels())) {
      nextPostings = unposted(nextPostings, previous);
    }
    return new ObjectSet(objects.with(object), posted(nextPostings, object));
  }

  ObjectSet without(ObjectKey key) {
    StoredObject previous = objects.get(key);
    return previous == null
        ? this
        : new ObjectSet(objects.without(key), unposted(postings, previous));
  }

  private static SortedTree<LabelPair, Posting> posted(
      SortedTree<LabelPair, Posting> postings, StoredObject object) {
    Labels labels = object.labels();
    var next = postings;
    for (int i = 0; i < labels.size(); i++) {
      LabelPair pair = new LabelPair(labels.keyAt(i), labels.valueAt(i));
      Posting posting = next.get(pair);
      if (posting == null) {
        posting = Posting.empty(pair);
      }
      next = next.with(new Posting(posting.pair(), posting.objects().with(object)));
    }
    return next;
  }

  private static SortedTree<LabelPair, Posting> unposted(
      SortedTree<LabelPair, Posting> postings, StoredObject object) {
    Labels labels = object.labels();
    var next = postings;
    for (int i = 0; i < labels.size(); i++) {
      LabelPair pair = new LabelPair(labels.keyAt(i), labels.valueAt(i));
      Posting posting = next.get(pair);
      if (posting != null) {
        var remaining = posting.objects().without(object.key());
        next = remaining.size() == 0 ? next.without(pair) : next.with(new Posting(pair, remaining));
      }
    }
    return next;
  }

  int size() {
    return objects.size();
  }

  /** The bytes of all objects. O(n). */
  long bytes() {
    long[] sum = new long[1];
    objects.scan(
        object -> {
          sum[0] += object.body().length();
          return true;
        });
    return sum[0];
  }

  @Nullable StoredObject get(ObjectKey key) {
    return objects.get(key);
  }

  SortedTree<ObjectKey, StoredObject> objects() {
    return objects;
  }

  /** The objects that carry the pair. */
  SortedTree<ObjectKey, StoredObject> carrying(LabelPair pair) {
    Posting posting = postings.get(pair);
    return posting == null ? SortedTree.empty(StoredObject::key) : posting.objects();
  }
}
