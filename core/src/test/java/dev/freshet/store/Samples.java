package dev.freshet.store;

import dev.freshet.object.Body;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Small objects for tests of stores, and changes in words. */
final class Samples {

  private Samples() {}

  static ResourceVersion version(int version) {
    return new ResourceVersion(Integer.toString(version));
  }

  static StoredObject pod(String name, int version) {
    return pod("ns", name, "uid-" + name, version, "body");
  }

  static StoredObject pod(String namespace, String name, String uid, int version, String body) {
    return new StoredObject(
        new ObjectKey(namespace, name),
        uid,
        version(version),
        Labels.of(Map.of("name", name)),
        null,
        Body.of(body.getBytes(StandardCharsets.UTF_8), Body.Encoding.JSON));
  }

  /** A store that has published this list. */
  static Store storeOf(int version, StoredObject... objects) {
    Store store = new Store();
    store.replace(List.of(objects), version(version), 1);
    return store;
  }

  static Snapshot snapshotOf(int version, int epoch, StoredObject... objects) {
    Store store = new Store();
    store.replace(List.of(objects), version(version), epoch);
    return store.snapshot().orElseThrow();
  }

  static List<String> names(Snapshot snapshot) {
    List<String> names = new ArrayList<>();
    snapshot.forEach(object -> names.add(object.key().name()));
    return names;
  }

  static List<String> inWords(List<StoredChange> changes) {
    return changes.stream().map(Samples::inWords).toList();
  }

  private static String inWords(StoredChange change) {
    String what =
        switch (change) {
          case StoredChange.Added added -> "+" + inWords(added.now());
          case StoredChange.Updated updated ->
              inWords(updated.before()) + ">" + updated.now().resourceVersion();
          case StoredChange.Deleted deleted ->
              "-" + inWords(deleted.last()) + (deleted.finalStateUnknown() ? "?" : "");
        };
    return what + " at " + change.at().version() + "/" + change.at().epoch();
  }

  private static String inWords(StoredObject object) {
    return object.key().name() + object.resourceVersion();
  }
}
