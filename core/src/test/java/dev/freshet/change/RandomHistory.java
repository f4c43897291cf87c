package dev.freshet.change;

import dev.freshet.object.Body;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What happens to a store in the course of time, at random: single events in batches, relists after
 * gaps that nobody saw, deletions and namesakes in them, new epochs, times over the limit.
 */
final class RandomHistory {

  /** Few, so that much happens to each. */
  static final int NAMES = 12;

  private final Random random;
  private final Store store;
  private final TreeMap<ObjectKey, StoredObject> server = new TreeMap<>();
  private final Map<ObjectKey, List<String>> versions = new HashMap<>();
  private int version = 1;
  private int epoch = 1;
  private int uids;
  private boolean cleared = true;

  RandomHistory(Random random, Store store) {
    this.random = random;
    this.store = store;
  }

  /** Every version of one object that the server had, in order. */
  List<String> versions(ObjectKey key) {
    return versions.getOrDefault(key, List.of());
  }

  List<StoredObject> objects() {
    return List.copyOf(server.values());
  }

  /** Of all objects that ever are. */
  static List<ObjectKey> keys() {
    return IntStream.range(0, NAMES).mapToObj(RandomHistory::key).toList();
  }

  private static ObjectKey key(int name) {
    return new ObjectKey("ns", "pod-" + name);
  }

  void step() {
    int kind = random.nextInt(100);
    if (cleared || kind < 3) {
      relist();
    } else if (kind < 4) {
      store.clear();
      cleared = true;
    } else {
      int events = random.nextInt(5);
      for (int i = 0; i < events; i++) {
        change(true);
      }
      store.publish();
    }
  }

  private void relist() {
    int missed = random.nextInt(20);
    for (int i = 0; i < missed; i++) {
      change(false);
    }
    if (random.nextInt(4) == 0) {
      epoch++;
    }
    cleared = false;
    store.replace(objects(), new ResourceVersion("" + version), epoch);
  }

  /** Ends in a state that is known to be complete. */
  void end() {
    if (cleared) {
      relist();
    }
  }

  private void change(boolean seen) {
    version++;
    ObjectKey key = key(random.nextInt(NAMES));
    StoredObject held = server.get(key);
    if (held != null && random.nextInt(3) == 0) {
      server.remove(key);
      if (seen) {
        store.remove(object(key, held.uid()));
        store.advance(new ResourceVersion("" + version));
      }
      return;
    }
    StoredObject now = object(key, held == null ? "uid-" + uids++ : held.uid());
    server.put(key, now);
    versions.computeIfAbsent(key, any -> new ArrayList<>()).add("" + version);
    if (seen) {
      store.put(now);
      store.advance(new ResourceVersion("" + version));
    }
  }

  private StoredObject object(ObjectKey key, String uid) {
    return new StoredObject(
        key,
        uid,
        new ResourceVersion("" + version),
        Labels.of(Map.of("app", "web")),
        null,
        Body.of(("{\"at\":" + version + "}").getBytes(StandardCharsets.UTF_8), Body.Encoding.JSON));
  }
}
