package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.Body;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.selector.LabelSelector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What stays as it is when an object changes, and what is given to another. */
class SlotsTest {
  private final Store store = new Store();

  @Test
  void theNumberOfADeletedObjectIsGivenToAnotherAndOlderSnapshotsKeepTheirs() {
    store.replace(List.of(object("a", 1), object("b", 2)), version(2), 1);
    Snapshot old = snapshot();
    store.remove(object("a", 3));
    store.publish();
    Snapshot without = snapshot();
    store.put(object("z", 4));
    store.publish();

    assertThat(names(old)).containsExactly("a", "b");
    assertThat(names(without)).containsExactly("b");
    assertThat(names(snapshot())).containsExactly("b", "z");
    assertThat(old.get(key("a"))).map(StoredObject::resourceVersion).contains(version(1));
    assertThat(without.get(key("z"))).isEmpty();
  }

  @Test
  void aListOutOfOrderIsPutInOrderAndOfEqualKeysTheLastWins() {
    Store.Draft draft = store.draft();
    List.of(object("c", 1), object("a", 2), object("b", 3), object("a", 4)).forEach(draft::add);
    Store.Prepared prepared = draft.prepared();
    store.replace(prepared, version(4), 1);

    assertThat(prepared.size()).isEqualTo(3);
    assertThat(names(snapshot())).containsExactly("a", "b", "c");
    assertThat(snapshot().get(key("a"))).map(StoredObject::resourceVersion).contains(version(4));
  }

  @Test
  void objectsThatComeAndGoTakeNoMoreNumbersThanThereAreObjects() {
    Numbers free = Numbers.from(3);
    for (int i = 0; i < 1_000; i++) {
      int taken = free.next();
      assertThat(taken).isEqualTo(3);
      free = free.taken().with(taken);
    }
    assertThat(free.with(1).next()).isEqualTo(1);
    assertThat(free.with(1).taken().next()).isEqualTo(3);
    assertThat(free.with(1).taken().taken().next()).isEqualTo(4);
  }

  @Test
  void anUpdateHoldsItsNameAndEqualLabelsOnlyOnce() {
    StoredObject first = object("a", 1);
    store.replace(List.of(first), version(1), 1);
    store.put(object("a", 2));
    store.publish();

    StoredObject updated = snapshot().get(key("a")).orElseThrow();
    assertThat(updated.resourceVersion()).isEqualTo(version(2));
    assertThat(updated.key()).isSameAs(first.key());
    assertThat(updated.labels()).isSameAs(first.labels());
  }

  private static List<String> names(Snapshot snapshot) {
    return snapshot
        .select(Optional.empty(), LabelSelector.parse("app=web"), object -> true)
        .stream()
        .map(object -> object.key().name())
        .toList();
  }

  private Snapshot snapshot() {
    return store.snapshot().orElseThrow();
  }

  private static StoredObject object(String name, int version) {
    return new StoredObject(
        key(name),
        "uid-" + name,
        version(version),
        Labels.of(Map.of("app", "web")),
        null,
        Body.of(new byte[0], Body.Encoding.JSON));
  }

  private static ObjectKey key(String name) {
    return new ObjectKey("ns", name);
  }

  private static ResourceVersion version(int number) {
    return new ResourceVersion(Integer.toString(number));
  }
}
