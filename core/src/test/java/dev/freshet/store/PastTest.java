package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.Body;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.scripted.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PastTest {

  private static final int BODY = 1_000;

  /** Of a snapshot that is followed by one change of one object. */
  private static final int LEFT = BODY + Past.BYTES_OF_CHANGE + Past.BYTES_OF_SNAPSHOT;

  private final VirtualTime time = new VirtualTime();
  private final Store store = new Store();

  @BeforeEach
  void startAtTen() {
    store.keepPast(Duration.ofSeconds(30), 10 * LEFT, time);
    store.replace(List.of(object("a", 5)), version(10), 1);
  }

  @Test
  void thePresentIsTheStateAtItsFrontier() {
    assertThat(shown(10)).contains("a@5");
  }

  @Test
  void aPastSnapshotIsTheStateFromItsFrontierUpToTheNextChange() {
    put("a", 14);
    assertThat(shown(10)).contains("a@5");
    assertThat(shown(13)).contains("a@5");
    assertThat(shown(14)).contains("a@14");
  }

  @Test
  void whatTheFrontierHasNotReachedIsNotKnown() {
    put("a", 14);
    assertThat(shown(15)).isEmpty();
    assertThat(shown(9)).isEmpty();
  }

  @Test
  void aStateInsideABatchWasNeverPublishedAndIsNotGivenFromItsEnds() {
    store.put(object("a", 12));
    store.put(object("b", 14));
    store.advance(version(14));
    store.publish();
    assertThat(shown(11)).contains("a@5");
    assertThat(shown(12)).isEmpty();
    assertThat(shown(13)).isEmpty();
    assertThat(shown(14)).contains("a@12 b@14");
  }

  @Test
  void aBookmarkMakesEveryVersionUpToItReadable() {
    store.advance(version(20));
    store.publish();
    assertThat(shown(15)).contains("a@5");
    assertThat(shown(20)).contains("a@5");
    put("b", 30);
    assertThat(shown(29)).contains("a@5");
  }

  @Test
  void aDeletedObjectIsStillInThePast() {
    store.remove(object("a", 12));
    store.advance(version(12));
    store.publish();
    assertThat(shown(11)).contains("a@5");
    assertThat(shown(12)).contains("");
  }

  @Test
  void theOldestGoWhenTheirBytesAreTooMany() {
    for (int at = 11; at <= 40; at++) {
      put("a", at);
    }
    assertThat(shown(30)).contains("a@30");
    assertThat(shown(29)).isEmpty();
    assertThat(store.pastBytes()).isEqualTo(10 * LEFT);
  }

  @Test
  void whatEachChangeOfABatchHasCopiedCounts() {
    store.put(object("a", 11, Labels.of(Map.of("app", "web", "tier", "front"))));
    store.put(object("b", 12, Labels.of(Map.of("app", "web"))));
    store.advance(version(12));
    store.publish();
    assertThat(store.pastBytes()).isEqualTo(LEFT + Past.BYTES_OF_CHANGE + 3 * Past.BYTES_OF_LABEL);
  }

  @Test
  void theOldestGoWhenTheyAreTooOld() {
    put("a", 11);
    time.advance(Duration.ofSeconds(20));
    put("a", 12);
    time.advance(Duration.ofSeconds(20));
    put("a", 13);
    assertThat(shown(10)).isEmpty();
    assertThat(shown(11)).contains("a@11");
  }

  @Test
  void aNewListLeavesNoPast() {
    put("a", 11);
    store.replace(List.of(object("a", 20)), version(20), 2);
    assertThat(shown(10)).isEmpty();
    assertThat(shown(11)).isEmpty();
    assertThat(store.pastBytes()).isZero();
  }

  @Test
  void aStoreThatIsToKeepNothingGivesOnlyThePresent() {
    Store forgetful = new Store();
    forgetful.keepPast(Duration.ZERO, 0, time);
    forgetful.replace(List.of(), version(10), 1);
    forgetful.put(object("a", 11));
    forgetful.advance(version(11));
    forgetful.publish();
    assertThat(forgetful.at(version(11))).isPresent();
    assertThat(forgetful.at(version(10))).isEmpty();
  }

  private void put(String name, long at) {
    store.put(object(name, at));
    store.advance(version(at));
    store.publish();
  }

  /** The objects and their versions; empty if nothing is known of the state at a version. */
  private Optional<String> shown(long at) {
    return store
        .at(version(at))
        .map(
            snapshot -> {
              List<String> objects = new ArrayList<>();
              snapshot.forEach(
                  object -> objects.add(object.key().name() + "@" + object.resourceVersion()));
              return String.join(" ", objects);
            });
  }

  private static StoredObject object(String name, long at) {
    return object(name, at, Labels.NONE);
  }

  private static StoredObject object(String name, long at, Labels labels) {
    return new StoredObject(
        new ObjectKey("ns", name),
        "uid-" + name,
        version(at),
        labels,
        null,
        Body.of(new byte[BODY], Body.Encoding.JSON));
  }

  private static ResourceVersion version(long at) {
    return new ResourceVersion(Long.toString(at));
  }
}
