package dev.freshet.store;

import dev.freshet.error.FreshetException;
import dev.freshet.error.LimitExceededException;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What the declared indexes say of each object. Immutable, and changed along with the objects.
 *
 * <p>What an index said of an object is kept, since that is what must be taken back later: an index
 * that answers differently each time leaves nothing behind. An index that fails for an object is
 * remembered to have failed, for as long as that version is held.
 */
final class IndexedValues {

  /** Values that one index may give for one object; more are a failure of the index. */
  static final int MAX_VALUES = 1_000;

  private final List<ValueIndex> indexes;
  private final Postings values;
  private final Postings failing;

  /** By the numbers of slots. */
  private final Table<Answers> answers;

  private IndexedValues(
      List<ValueIndex> indexes, Postings values, Postings failing, Table<Answers> answers) {
    this.indexes = indexes;
    this.values = values;
    this.failing = failing;
    this.answers = answers;
  }

  /** All that was said of one object. */
  private record Answers(List<IndexKey> values, List<IndexKey> failing, List<String> why) {
    static final Answers NONE = new Answers(List.of(), List.of(), List.of());
  }

  static IndexedValues by(List<ValueIndex> indexes) {
    return new IndexedValues(List.copyOf(indexes), Postings.EMPTY, Postings.EMPTY, Table.empty());
  }

  /**
   * The same indexes of other objects.
   *
   * @param sorted in key order, each at its slot's number
   */
  IndexedValues of(List<Slot> slots, List<StoredObject> sorted) {
    if (indexes.isEmpty()) {
      return this;
    }
    List<Answers> all = new ArrayList<>(slots.size());
    var said = new Postings.Draft<List<IndexKey>>(Function.identity());
    var failed = new Postings.Draft<List<IndexKey>>(Function.identity());
    for (Slot slot : slots) {
      Answers of = ask(sorted.get(slot.number()));
      all.add(of);
      said.add(slot, of.values());
      failed.add(slot, of.failing());
    }
    return new IndexedValues(indexes, said.toPostings(), failed.toPostings(), Table.of(all));
  }

  IndexedValues with(Slot slot, StoredObject object) {
    return indexes.isEmpty() ? this : with(slot, ask(object));
  }

  IndexedValues without(Slot slot) {
    return indexes.isEmpty() ? this : with(slot, Answers.NONE);
  }

  private IndexedValues with(Slot slot, Answers now) {
    Answers before = answersOf(slot);
    if (now.equals(before)) {
      return this;
    }
    return new IndexedValues(
        indexes,
        values.without(before.values(), slot).with(now.values(), slot),
        failing.without(before.failing(), slot).with(now.failing(), slot),
        answers.with(slot.number(), now));
  }

  private Answers answersOf(Slot slot) {
    Answers said = answers.at(slot.number());
    return said == null ? Answers.NONE : said;
  }

  private Answers ask(StoredObject object) {
    List<IndexKey> said = new ArrayList<>();
    List<IndexKey> failed = new ArrayList<>();
    List<String> why = new ArrayList<>();
    for (ValueIndex index : indexes) {
      try {
        TreeSet<String> found = new TreeSet<>(index.valuesOf(object));
        if (found.size() > MAX_VALUES) {
          throw new LimitExceededException(
              "more than " + MAX_VALUES + " values of one object", "Index something narrower.");
        }
        found.forEach(value -> said.add(new IndexKey(index.name(), value)));
      } catch (Throwable e) { // Of another's code anything may come, and none may stop the feed.
        failed.add(failureKey(index.name()));
        why.add(e instanceof FreshetException ours ? ours.problem() : e.getClass().getName());
      }
    }
    return new Answers(List.copyOf(said), List.copyOf(failed), List.copyOf(why));
  }

  private static IndexKey failureKey(String index) {
    return new IndexKey(index, "");
  }

  SortedTree<ObjectKey, Slot> carrying(IndexKey key) {
    return values.carrying(key);
  }

  /** How many different values all indexes have. */
  int size() {
    return values.size() + failing.size();
  }

  /** For which objects an index fails now; empty if it does not. */
  Optional<IndexFailure> failure(String index) {
    var slots = failing.carrying(failureKey(index));
    if (slots.size() == 0) {
      return Optional.empty();
    }
    Slot[] first = new Slot[1];
    slots.scan(
        slot -> {
          first[0] = slot;
          return false;
        });
    Answers said = answersOf(first[0]);
    String why = said.why().get(said.failing().indexOf(failureKey(index)));
    return Optional.of(new IndexFailure(index, slots.size(), first[0].key(), why));
  }
}
