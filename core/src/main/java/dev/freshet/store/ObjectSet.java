package dev.freshet.store;

import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Objects in key order, with an index of their labels and those that were declared. Immutable: a
 * change gives a new set that shares nearly all of the old one, at O(labels * log n).
 */
final class ObjectSet {

  private final SortedTree<ObjectKey, StoredObject> objects;
  private final Postings labels;
  private final IndexedValues indexed;

  private ObjectSet(
      SortedTree<ObjectKey, StoredObject> objects, Postings labels, IndexedValues indexed) {
    this.objects = objects;
    this.labels = labels;
    this.indexed = indexed;
  }

  /** Of nothing yet. */
  static ObjectSet indexedBy(List<ValueIndex> indexes) {
    return new ObjectSet(
        SortedTree.empty(StoredObject::key), Postings.EMPTY, IndexedValues.by(indexes));
  }

  /**
   * Other objects under the same indexes, built at once. The list may be in any order; of equal
   * keys the last one wins.
   */
  ObjectSet of(List<StoredObject> listed) {
    List<StoredObject> sorted = isSorted(listed) ? listed : sorted(listed);
    return new ObjectSet(
        SortedTree.ofSorted(StoredObject::key, sorted),
        Postings.of(sorted, StoredObject::labels, ObjectSet::keysOf),
        indexed.of(sorted));
  }

  /** As the API server's lists are, and what was saved. */
  private static boolean isSorted(List<StoredObject> listed) {
    for (int i = 1; i < listed.size(); i++) {
      if (listed.get(i - 1).key().compareTo(listed.get(i).key()) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static List<StoredObject> sorted(List<StoredObject> listed) {
    TreeMap<ObjectKey, StoredObject> sorted = new TreeMap<>();
    listed.forEach(object -> sorted.put(object.key(), object));
    return new ArrayList<>(sorted.values());
  }

  ObjectSet with(StoredObject object) {
    StoredObject previous = objects.get(object.key());
    Postings rest =
        previous == null || previous.labels().equals(object.labels())
            ? labels
            : labels.without(keysOf(previous.labels()), object.key());
    return new ObjectSet(
        objects.with(object), rest.with(keysOf(object.labels()), object), indexed.with(object));
  }

  ObjectSet without(ObjectKey key) {
    StoredObject previous = objects.get(key);
    return previous == null
        ? this
        : new ObjectSet(
            objects.without(key),
            labels.without(keysOf(previous.labels()), key),
            indexed.without(key));
  }

  private static List<IndexKey> keysOf(Labels labels) {
    List<IndexKey> keys = new ArrayList<>(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      keys.add(new IndexKey(labels.keyAt(i), labels.valueAt(i)));
    }
    return keys;
  }

  int size() {
    return objects.size();
  }

  /** The bytes of all objects. O(n). */
  long bytes() {
    long[] sum = new long[1];
    objects.scan(
        object -> {
          sum[0] += object.body().heldBytes();
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

  /** The objects that carry a label. */
  SortedTree<ObjectKey, StoredObject> carrying(IndexKey label) {
    return labels.carrying(label);
  }

  /** What the declared indexes say. */
  IndexedValues indexed() {
    return indexed;
  }

  /** How many different labels and values are indexed. */
  int postings() {
    return labels.size() + indexed.size();
  }
}
