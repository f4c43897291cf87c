package dev.freshet.store;

import dev.freshet.error.FreshetException;
import dev.freshet.error.LimitExceededException;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.StoredObject;
import java.util.ArrayList;
import java.util.Collection;
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
  private final SortedTree<ObjectKey, Answers> answers;

  private IndexedValues(
      List<ValueIndex> indexes,
      Postings values,
      Postings failing,
      SortedTree<ObjectKey, Answers> answers) {
    this.indexes = indexes;
    this.values = values;
    this.failing = failing;
    this.answers = answers;
  }

  /** All that was said of one object. */
  private record Answers(
      ObjectKey key, List<IndexKey> values, List<IndexKey> failing, List<String> why) {}

  static IndexedValues by(List<ValueIndex> indexes) {
    return new IndexedValues(
        List.copyOf(indexes), Postings.EMPTY, Postings.EMPTY, SortedTree.empty(Answers::key));
  }

  /** The same indexes of other objects, which are in key order. */
  IndexedValues of(Collection<StoredObject> sorted) {
    if (indexes.isEmpty()) {
      return this;
    }
    List<Answers> all = sorted.stream().map(this::ask).toList();
    var byKey = SortedTree.ofSorted(Answers::key, all);
    return new IndexedValues(
        indexes,
        Postings.of(sorted, object -> answersOf(byKey, object).values(), Function.identity()),
        Postings.of(sorted, object -> answersOf(byKey, object).failing(), Function.identity()),
        byKey);
  }

  private static Answers answersOf(SortedTree<ObjectKey, Answers> all, StoredObject object) {
    Answers found = all.get(object.key());
    if (found == null) {
      throw new IllegalStateException("no index was asked of " + object.key());
    }
    return found;
  }

  IndexedValues with(StoredObject object) {
    if (indexes.isEmpty()) {
      return this;
    }
    IndexedValues rest = without(object.key());
    Answers now = ask(object);
    return new IndexedValues(
        indexes,
        rest.values.with(now.values(), object),
        rest.failing.with(now.failing(), object),
        rest.answers.with(now));
  }

  IndexedValues without(ObjectKey key) {
    Answers before = answers.get(key);
    return before == null
        ? this
        : new IndexedValues(
            indexes,
            values.without(before.values(), key),
            failing.without(before.failing(), key),
            answers.without(key));
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
    return new Answers(object.key(), List.copyOf(said), List.copyOf(failed), List.copyOf(why));
  }

  private static IndexKey failureKey(String index) {
    return new IndexKey(index, "");
  }

  SortedTree<ObjectKey, StoredObject> carrying(IndexKey key) {
    return values.carrying(key);
  }

  /** How many different values all indexes have. */
  int size() {
    return values.size() + failing.size();
  }

  /** For which objects an index fails now; empty if it does not. */
  Optional<IndexFailure> failure(String index) {
    var objects = failing.carrying(failureKey(index));
    if (objects.size() == 0) {
      return Optional.empty();
    }
    StoredObject[] first = new StoredObject[1];
    objects.scan(
        object -> {
          first[0] = object;
          return false;
        });
    Answers answer = answersOf(answers, first[0]);
    String why = answer.why().get(answer.failing().indexOf(failureKey(index)));
    return Optional.of(new IndexFailure(index, objects.size(), first[0].key(), why));
  }
}
