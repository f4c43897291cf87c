package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.Body;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.selector.LabelSelector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {

  private static final List<String> SELECTORS =
      List.of(
          "",
          "app=a",
          "app=a,tier=x",
          "app in (a,b),tier!=y",
          "tier notin (x),!canary",
          "canary",
          "app=nobody");

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void selectsWhatAFullScanSelectsInKeyOrderThroughRandomChanges(long seed) {
    Random random = new Random(seed);
    TreeMap<ObjectKey, StoredObject> model = new TreeMap<>();
    Store store = new Store();
    store.replace(List.of(), new ResourceVersion("1"), 1);
    for (int step = 2; step < 4_000; step++) {
      ObjectKey key = new ObjectKey("ns" + random.nextInt(4), "pod-" + random.nextInt(300));
      if (random.nextInt(3) == 0) {
        store.remove(object(key, step, Map.of()));
        model.remove(key);
      } else {
        StoredObject object = object(key, step, randomLabels(random));
        store.put(object);
        model.put(key, object);
      }
    }
    store.publish();
    Snapshot snapshot = store.snapshot().orElseThrow();
    for (String text : SELECTORS) {
      LabelSelector selector = LabelSelector.parse(text);
      assertThat(snapshot.select(Optional.empty(), selector, object -> true))
          .isEqualTo(model.values().stream().filter(o -> selector.matches(o.labels())).toList());
      assertThat(snapshot.select(Optional.of("ns2"), selector, object -> true))
          .isEqualTo(
              model.values().stream()
                  .filter(o -> o.key().namespace().equals("ns2") && selector.matches(o.labels()))
                  .toList());
    }
  }

  @Test
  void aSelectionLooksOnlyAtTheSmallestIndexedSet() {
    List<StoredObject> objects = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      String app = i % 100 == 0 ? "rare" : "common";
      objects.add(
          object(new ObjectKey("ns" + i % 2, "p" + i), i + 1, Map.of("app", app, "all", "yes")));
    }
    Store store = new Store();
    store.replace(objects, new ResourceVersion("1000"), 1);
    Snapshot snapshot = store.snapshot().orElseThrow();
    assertThat(
            snapshot.scanned(Optional.empty(), LabelSelector.parse("all=yes,app=rare"), List.of()))
        .isEqualTo(10);
    assertThat(snapshot.scanned(Optional.of("ns1"), LabelSelector.parse("all=yes"), List.of()))
        .isEqualTo(500);
    assertThat(snapshot.scanned(Optional.of("absent"), LabelSelector.everything(), List.of()))
        .isZero();
  }

  @Test
  void aHeldSnapshotNeverChanges() {
    Store store = new Store();
    ObjectKey key = new ObjectKey("ns", "a");
    store.replace(List.of(object(key, 5, Map.of("app", "a"))), new ResourceVersion("5"), 1);
    Snapshot held = store.snapshot().orElseThrow();
    store.remove(object(key, 6, Map.of("app", "a")));
    store.advance(new ResourceVersion("6"));
    store.publish();
    assertThat(held.get(key)).isPresent();
    assertThat(held.frontier()).isEqualTo(new ResourceVersion("5"));
    assertThat(store.snapshot().orElseThrow().get(key)).isEmpty();
  }

  @Test
  void changesAreInvisibleUntilPublishedAndThenAllAtOnce() {
    Store store = new Store();
    store.replace(List.of(), new ResourceVersion("5"), 1);
    store.put(object(new ObjectKey("ns", "a"), 6, Map.of()));
    store.put(object(new ObjectKey("ns", "b"), 7, Map.of()));
    store.advance(new ResourceVersion("7"));
    assertThat(store.snapshot().orElseThrow().size()).isZero();
    assertThat(store.snapshot().orElseThrow().frontier().text()).isEqualTo("5");
    store.publish();
    assertThat(store.snapshot().orElseThrow().size()).isEqualTo(2);
    assertThat(store.snapshot().orElseThrow().frontier().text()).isEqualTo("7");
  }

  @Test
  void theBytesOfAStoreAreThoseOfTheObjectsThatItHolds() {
    Store store =
        Samples.storeOf(
            5,
            Samples.pod("ns", "a", "uid-a", 3, "12345"),
            Samples.pod("ns", "z", "uid-z", 4, "1234"));
    assertThat(store.bytes()).isEqualTo(9);
    store.remove(Samples.pod("ns", "z", "uid-z", 5, ""));
    assertThat(store.bytes()).isEqualTo(5);
    store.put(Samples.pod("ns", "b", "uid-b", 6, "123"));
    assertThat(store.bytes()).isEqualTo(8);
    store.put(Samples.pod("ns", "a", "uid-a", 7, "1"));
    assertThat(store.bytes()).isEqualTo(4);
    store.remove(Samples.pod("ns", "b", "uid-b", 8, "its last state"));
    store.remove(Samples.pod("ns", "c", "uid-c", 9, "never held"));
    assertThat(store.bytes()).isEqualTo(1);
    store.clear();
    assertThat(store.bytes()).isZero();
    assertThat(store.snapshot()).isEmpty();
  }

  @Test
  void aLabelIsIndexedForAsLongAsAnObjectCarriesIt() {
    Store store = Samples.storeOf(5, Samples.pod("a", 3), Samples.pod("b", 4));
    assertThat(store.snapshot().orElseThrow().postings()).isEqualTo(2);
    store.remove(Samples.pod("a", 6));
    store.publish();
    assertThat(store.snapshot().orElseThrow().postings()).isEqualTo(1);
  }

  @Test
  void ofAListThatNamesAnObjectTwiceTheLastOneIsHeld() {
    Store store =
        Samples.storeOf(
            5,
            Samples.pod("ns", "a", "uid-a", 3, "one"),
            Samples.pod("ns", "a", "uid-a", 4, "other"));
    assertThat(store.snapshot().orElseThrow().size()).isEqualTo(1);
    assertThat(store.bytes()).isEqualTo(5);
  }

  private static Map<String, String> randomLabels(Random random) {
    Map<String, String> labels = new HashMap<>();
    labels.put("app", List.of("a", "b", "c").get(random.nextInt(3)));
    if (random.nextBoolean()) {
      labels.put("tier", List.of("x", "y").get(random.nextInt(2)));
    }
    if (random.nextInt(10) == 0) {
      labels.put("canary", "");
    }
    return labels;
  }

  private static StoredObject object(ObjectKey key, int version, Map<String, String> labels) {
    return new StoredObject(
        key,
        "uid-" + key,
        new ResourceVersion(Integer.toString(version)),
        Labels.of(labels),
        null,
        Body.of(new byte[0], Body.Encoding.JSON));
  }
}
