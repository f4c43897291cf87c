package dev.freshet.store;

import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.selector.LabelSelector;
import dev.freshet.selector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The state of one stream at one moment: its objects, and how far they are known to be complete.
 * Immutable; holding one costs only the memory of what has changed since.
 */
public final class Snapshot {

  private final ObjectSet objects;
  private final ResourceVersion frontier;
  private final int epoch;

  Snapshot(ObjectSet objects, ResourceVersion frontier, int epoch) {
    this.objects = objects;
    this.frontier = frontier;
    this.epoch = epoch;
  }

  /** Everything committed up to this version is in here, and nothing newer. */
  public ResourceVersion frontier() {
    return frontier;
  }

  /** Counts histories: it grows when the server's versions go back, as after an etcd restore. */
  public int epoch() {
    return epoch;
  }

  public int size() {
    return objects.size();
  }

  /** Shows every object, in the API server's list order. */
  public void forEach(Consumer<StoredObject> visitor) {
    objects
        .slots()
        .scan(
            slot -> {
              visitor.accept(objects.at(slot));
              return true;
            });
  }

  public Optional<StoredObject> get(ObjectKey key) {
    return Optional.ofNullable(objects.find(key)).map(objects::at);
  }

  /**
   * The matching objects in the API server's list order.
   *
   * <p>Scans the smallest set an index offers: the carriers of a required label pair, what an index
   * has under a value, the namespace, or everything; then filters.
   *
   * @param namespace the one to look in; empty for all
   * @param filter further conditions, asked last
   */
  public List<StoredObject> select(
      Optional<String> namespace, LabelSelector labels, Predicate<StoredObject> filter) {
    return select(namespace, labels, List.of(), filter);
  }

  /**
   * The same, of those that the declared indexes have under each of these values.
   *
   * <p>Of an index that fails for some objects ({@link #indexFailure}) those are missing.
   */
  public List<StoredObject> select(
      Optional<String> namespace,
      LabelSelector labels,
      List<IndexKey> indexed,
      Predicate<StoredObject> filter) {
    Scan scan = scanFor(labels, indexed);
    List<SortedTree<ObjectKey, Slot>> others = new ArrayList<>();
    for (IndexKey key : indexed) {
      var carriers = objects.indexed().carrying(key);
      if (carriers != scan.tree) {
        others.add(carriers);
      }
    }
    List<StoredObject> matches = new ArrayList<>();
    boolean checkLabels = !scan.isExact();
    Predicate<Slot> visitor =
        slot -> {
          StoredObject object = objects.at(slot);
          if ((!checkLabels || labels.matches(object.labels()))
              && isInAll(others, slot.key())
              && filter.test(object)) {
            matches.add(object);
          }
          return true;
        };
    if (namespace.isEmpty()) {
      scan.tree.scan(visitor);
    } else {
      String wanted = namespace.get();
      scan.tree.scanFrom(
          new ObjectKey(wanted, ""),
          slot -> slot.key().namespace().equals(wanted) && visitor.test(slot));
    }
    return matches;
  }

  /** Asked for each object that is looked at: it makes nothing. */
  private static boolean isInAll(List<SortedTree<ObjectKey, Slot>> trees, ObjectKey key) {
    for (int i = 0; i < trees.size(); i++) {
      if (trees.get(i).get(key) == null) {
        return false;
      }
    }
    return true;
  }

  /** How many objects {@link #select} would look at: its cost. */
  public int scanned(Optional<String> namespace, LabelSelector labels, List<IndexKey> indexed) {
    var tree = scanFor(labels, indexed).tree;
    if (namespace.isEmpty()) {
      return tree.size();
    }
    return tree.rank(afterNamespace(namespace.get()))
        - tree.rank(new ObjectKey(namespace.get(), ""));
  }

  /** For which objects a declared index fails; empty if for none. */
  public Optional<IndexFailure> indexFailure(String index) {
    return objects.indexed().failure(index);
  }

  /** How many different labels and values are indexed. */
  int postings() {
    return objects.postings();
  }

  /** Names sort below this: it is greater than any character the API allows in one. */
  private static ObjectKey afterNamespace(String namespace) {
    return new ObjectKey(namespace, "\uffff");
  }

  private Scan scanFor(LabelSelector labels, List<IndexKey> indexed) {
    Scan best = new Scan(objects.slots(), labels.requirements().isEmpty());
    for (Requirement requirement : labels.requirements()) {
      if (requirement instanceof Requirement.In in && in.values().size() == 1) {
        var carriers = objects.carrying(new IndexKey(in.key(), in.values().iterator().next()));
        if (carriers.size() <= best.tree.size()) {
          best = new Scan(carriers, labels.requirements().size() == 1);
        }
      }
    }
    for (IndexKey key : indexed) {
      var carriers = objects.indexed().carrying(key);
      if (carriers.size() <= best.tree.size()) {
        best = new Scan(carriers, labels.requirements().isEmpty());
      }
    }
    return best;
  }

  /** A tree that holds every match, and whether it holds nothing else. */
  private record Scan(SortedTree<ObjectKey, Slot> tree, boolean isExact) {}
}
