package dev.freshet.saved;

import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.store.Snapshot;
import dev.freshet.store.Store;
import java.util.List;

/** What a store would have saved. */
final class Saves {

  static final String CLUSTER = "uid:here";
  static final String SCOPE = "v1\npods";
  static final long PROVEN = 1_700_000_000_123L;

  private Saves() {}

  static Snapshot holding(List<StoredObject> objects, long version) {
    Store store = new Store();
    store.replace(objects, new ResourceVersion(Long.toString(version)), 1);
    return store.snapshot().orElseThrow();
  }

  static SavedFile.Outcome save(SavedFile file, List<StoredObject> objects) {
    return file.save(CLUSTER, holding(objects, 1_000_000), PROVEN);
  }
}
