package dev.freshet.store;

import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Objects in key order, with an index of their labels and those that were declared. Immutable: a
 * change gives a new set that shares nearly all of the old one. It costs O(log n); if labels or
 * what an index says have changed, so much for each of them.
 */
final class ObjectSet {

  private final SortedTree<ObjectKey, Slot> slots;
  private final Table<StoredObject> objects;
  private final Numbers free;
  private final Postings labels;
  private final IndexedValues indexed;

  private ObjectSet(
      SortedTree<ObjectKey, Slot> slots,
      Table<StoredObject> objects,
      Numbers free,
      Postings labels,
      IndexedValues indexed) {
    this.slots = slots;
    this.objects = objects;
    this.free = free;
    this.labels = labels;
    this.indexed = indexed;
  }

  /** Of nothing yet. */
  static ObjectSet indexedBy(List<ValueIndex> indexes) {
    return new ObjectSet(
        SortedTree.empty(Slot::key),
        Table.empty(),
        Numbers.from(0),
        Postings.EMPTY,
        IndexedValues.by(indexes));
  }

  /**
   * Other objects under the same indexes, built at once. The list may be in any order; of equal
   * keys the last one wins.
   */
  ObjectSet of(List<StoredObject> listed) {
    List<StoredObject> sorted = isSorted(listed) ? listed : sorted(listed);
    List<Slot> all = new ArrayList<>(sorted.size());
    sorted.forEach(object -> all.add(new Slot(object.key(), all.size())));
    return new ObjectSet(
        SortedTree.ofSorted(Slot::key, all),
        Table.of(sorted),
        Numbers.from(all.size()),
        Postings.of(all, slot -> sorted.get(slot.number()).labels(), ObjectSet::keysOf),
        indexed.of(all, sorted));
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

  /** Where the object of this key stands; null if there is none. */
  @Nullable Slot find(ObjectKey key) {
    return slots.get(key);
  }

  /** The object of a slot of this set. */
  StoredObject at(Slot slot) {
    return Objects.requireNonNull(objects.at(slot.number()));
  }

  /** With an object of a key that none has. */
  ObjectSet adding(StoredObject object) {
    Slot slot = new Slot(object.key(), free.next());
    return new ObjectSet(
        slots.with(slot),
        objects.with(slot.number(), object),
        free.taken(),
        labels.with(keysOf(object.labels()), slot),
        indexed.with(slot, object));
  }

  /** With another version, or another object, of the key of a slot. */
  ObjectSet replacing(Slot slot, StoredObject object) {
    Labels before = at(slot).labels();
    Postings now =
        before.equals(object.labels())
            ? labels
            : labels.without(keysOf(before), slot).with(keysOf(object.labels()), slot);
    return new ObjectSet(
        slots, objects.with(slot.number(), object), free, now, indexed.with(slot, object));
  }

  ObjectSet without(Slot slot) {
    return new ObjectSet(
        slots.without(slot.key()),
        objects.with(slot.number(), null),
        free.with(slot.number()),
        labels.without(keysOf(at(slot).labels()), slot),
        indexed.without(slot));
  }

  private static List<IndexKey> keysOf(Labels labels) {
    List<IndexKey> keys = new ArrayList<>(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      keys.add(new IndexKey(labels.keyAt(i), labels.valueAt(i)));
    }
    return keys;
  }

  int size() {
    return slots.size();
  }

  /** The bytes of all objects. O(n). */
  long bytes() {
    long[] sum = new long[1];
    slots.scan(
        slot -> {
          sum[0] += at(slot).body().heldBytes();
          return true;
        });
    return sum[0];
  }

  /** Where all objects stand. */
  SortedTree<ObjectKey, Slot> slots() {
    return slots;
  }

  /** Where the objects stand that carry a label. */
  SortedTree<ObjectKey, Slot> carrying(IndexKey label) {
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
