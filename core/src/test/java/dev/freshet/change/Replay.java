package dev.freshet.change;

import dev.freshet.object.ObjectKey;
import dev.freshet.object.StoredObject;
import dev.freshet.store.Snapshot;
import dev.freshet.store.StoredChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A handler that keeps nothing but what it is told, and fails where that contradicts what it was
 * told before: an addition of what is there, a change or deletion of what is not.
 */
final class Replay {

  private final TreeMap<ObjectKey, StoredObject> state = new TreeMap<>();
  private final Map<ObjectKey, List<String>> versions = new HashMap<>();
  private boolean begun;

  void take(QueuedChange item) {
    switch (item) {
      case QueuedChange.Held held -> {
        require(!begun, "began twice");
        begun = true;
        held.snapshot().forEach(this::put);
      }
      case QueuedChange.Changed changed -> {
        require(begun, "was told a change before it began");
        apply(changed.change());
      }
    }
  }

  private void apply(StoredChange change) {
    StoredObject held = state.get(change.key());
    switch (change) {
      case StoredChange.Added added -> {
        require(held == null, "was told to add what is there: " + added);
        put(added.now());
      }
      case StoredChange.Updated updated -> {
        require(updated.before().equals(held), "was told to update another state: " + updated);
        require(updated.now().uid().equals(updated.before().uid()), "took two objects for one");
        put(updated.now());
      }
      case StoredChange.Deleted deleted -> {
        require(deleted.before().equals(held), "was told to delete another state: " + deleted);
        state.remove(change.key());
      }
    }
  }

  private void put(StoredObject object) {
    state.put(object.key(), object);
    versions
        .computeIfAbsent(object.key(), key -> new ArrayList<>())
        .add(object.resourceVersion().text());
  }

  private static void require(boolean sound, String problem) {
    if (!sound) {
      throw new AssertionError("the handler " + problem);
    }
  }

  /** What it holds now. */
  List<StoredObject> state() {
    return List.copyOf(state.values());
  }

  int size() {
    return state.size();
  }

  /** The versions of one object that it was told, in order. */
  List<String> versions(ObjectKey key) {
    return versions.getOrDefault(key, List.of());
  }

  static List<StoredObject> objects(Snapshot snapshot) {
    List<StoredObject> objects = new ArrayList<>();
    snapshot.forEach(objects::add);
    return objects;
  }
}
