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

  /** For other objects under the same indexes. */
  Draft draft() {
    return new Draft(indexed);
  }

  /**
   * Objects that are put in order and indexed as they come. They may come in any order, but key
   * order, as of the API server's lists, costs least; of equal keys the last one wins. For one
   * thread.
   */
  static final class Draft {
    private final IndexedValues indexes;
    private final List<StoredObject> objects = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private final Postings.Draft<Labels> labels = new Postings.Draft<>(ObjectSet::keysOf);
    private boolean sorted = true;

    private Draft(IndexedValues indexes) {
      this.indexes = indexes;
    }

    void add(StoredObject object) {
      Slot slot = new Slot(object.key(), objects.size());
      sorted = sorted && (slots.isEmpty() || slots.getLast().key().compareTo(slot.key()) < 0);
      objects.add(object);
      slots.add(slot);
      if (sorted) {
        labels.add(slot, object.labels());
      }
    }

    /** All that has come. The last call. */
    ObjectSet toSet() {
      return sorted ? ofSorted() : anew().ofSorted();
    }

    private Draft anew() {
      TreeMap<ObjectKey, StoredObject> byKey = new TreeMap<>();
      objects.forEach(object -> byKey.put(object.key(), object));
      Draft inOrder = new Draft(indexes);
      byKey.values().forEach(inOrder::add);
      return inOrder;
    }

    private ObjectSet ofSorted() {
      return new ObjectSet(
          SortedTree.ofSorted(Slot::key, slots),
          Table.of(objects),
          Numbers.from(slots.size()),
          labels.toPostings(),
          indexes.of(slots, objects));
    }
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
