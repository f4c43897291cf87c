package dev.freshet.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.Body;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.store.Snapshot;
import dev.freshet.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PendingDeleteTest {

  private static final ObjectKey A = new ObjectKey("ns", "a");

  private final PendingDelete delete = new PendingDelete(A, "uid-a");

  private static Snapshot holding(StoredObject... objects) {
    Store store = new Store();
    store.replace(List.of(objects), new ResourceVersion("10"), 1);
    return store.snapshot().orElseThrow();
  }

  private static StoredObject object(String uid, String json) {
    return new StoredObject(
        A,
        uid,
        new ResourceVersion("5"),
        Labels.of(Map.of()),
        null,
        Body.of(json.getBytes(StandardCharsets.UTF_8), Body.Encoding.JSON));
  }

  @Test
  void isShownWhenTheObjectIsGoneOrIsAnotherOrIsBeingDeleted() {
    assertThat(delete.isShownBy(holding())).isTrue();
    assertThat(delete.isShownBy(holding(object("uid-b", "{\"metadata\":{}}")))).isTrue();
    assertThat(
            delete.isShownBy(
                holding(
                    object(
                        "uid-a",
                        "{\"metadata\":{\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"}}"))))
        .isTrue();
  }

  @Test
  void isNotShownByTheObjectAsItWasBefore() {
    assertThat(delete.isShownBy(holding(object("uid-a", "{\"metadata\":{}}")))).isFalse();
  }

  @Test
  void isNotShownByBytesThatCannotBeRead() {
    assertThat(delete.isShownBy(holding(object("uid-a", "{\"metadata\":{:")))).isFalse();
  }
}
