package dev.freshet.store;

import dev.freshet.object.StoredObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What leads from one snapshot to another when nobody saw the events between. */
final class Difference {

  private Difference() {}

  /** The changes in key order. O(n). */
  static List<StoredChange> between(Snapshot old, Snapshot next) {
    Position at = new Position(next.frontier(), next.epoch());
    boolean sameHistory = old.epoch() == next.epoch();
    List<StoredObject> before = new ArrayList<>(old.size());
    old.forEach(before::add);
    List<StoredChange> changes = new ArrayList<>();
    int[] index = new int[1];
    next.forEach(
        now -> {
          while (index[0] < before.size() && before.get(index[0]).key().compareTo(now.key()) < 0) {
            changes.add(vanished(before.get(index[0]++), at));
          }
          if (index[0] == before.size() || !before.get(index[0]).key().equals(now.key())) {
            changes.add(new StoredChange.Added(now, at));
            return;
          }
          StoredObject was = before.get(index[0]++);
          if (!was.uid().equals(now.uid())) {
            changes.add(vanished(was, at));
            changes.add(new StoredChange.Added(now, at));
          } else if (!isSameState(was, now, sameHistory)) {
            changes.add(new StoredChange.Updated(was, now, at));
          }
        });
    while (index[0] < before.size()) {
      changes.add(vanished(before.get(index[0]++), at));
    }
    return changes;
  }

  private static StoredChange vanished(StoredObject was, Position at) {
    return new StoredChange.Deleted(was, was, true, at);
  }

  /** Versions tell states apart in one history only: another one uses the same numbers again. */
  private static boolean isSameState(StoredObject was, StoredObject now, boolean sameHistory) {
    return was.resourceVersion().equals(now.resourceVersion())
        && (sameHistory || Arrays.equals(was.body().bytes(), now.body().bytes()));
  }
}
