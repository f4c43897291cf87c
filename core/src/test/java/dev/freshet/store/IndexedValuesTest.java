package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.Body;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.selector.LabelSelector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexedValuesTest {

  private record Index(String name, Function<StoredObject, Collection<String>> function)
      implements ValueIndex {
    @Override
    public Collection<String> valuesOf(StoredObject object) {
      return function.apply(object);
    }
  }

  /** By the last digit of the version; fails at each seventh. */
  private static final Index DIGIT =
      new Index(
          "digit",
          object -> {
            int version = Integer.parseInt(object.resourceVersion().text());
            if (version % 7 == 0) {
              throw new IllegalStateException("seven");
            }
            return version % 5 == 0 ? List.of() : List.of("" + version % 10, "all");
          });

  private static StoredObject object(String name, int version) {
    return new StoredObject(
        new ObjectKey("ns", name),
        "uid-" + name,
        new ResourceVersion("" + version),
        Labels.of(Map.of("odd", "" + version % 2)),
        null,
        Body.of(new byte[0], Body.Encoding.JSON));
  }

  private static List<StoredObject> select(Snapshot snapshot, String index, String value) {
    return snapshot.select(
        Optional.empty(),
        LabelSelector.everything(),
        List.of(new IndexKey(index, value)),
        object -> true);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void afterManyChangesAnIndexIsWhatItWouldBeIfItWereBuiltAnew(long seed) {
    Random random = new Random(seed);
    Store store = new Store();
    store.indexBy(List.of(DIGIT));
    TreeMap<String, StoredObject> model = new TreeMap<>();
    store.replace(List.of(), new ResourceVersion("1"), 1);
    for (int version = 2; version < 5_000; version++) {
      String name = "pod-" + random.nextInt(50);
      StoredObject object = object(name, version);
      if (random.nextInt(3) == 0) {
        store.remove(object);
        model.remove(name);
      } else {
        store.put(object);
        model.put(name, object);
      }
    }
    store.publish();
    Store rebuilt = new Store();
    rebuilt.indexBy(List.of(DIGIT));
    rebuilt.replace(new ArrayList<>(model.values()), new ResourceVersion("5000"), 1);
    Snapshot held = store.snapshot().orElseThrow();
    Snapshot expected = rebuilt.snapshot().orElseThrow();
    for (String value : List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "all", "none")) {
      assertThat(select(held, "digit", value)).isEqualTo(select(expected, "digit", value));
    }
    assertThat(held.indexFailure("digit")).isPresent().isEqualTo(expected.indexFailure("digit"));
    assertThat(held.postings()).isEqualTo(expected.postings());
    model.values().forEach(object -> store.remove(object));
    store.publish();
    assertThat(store.snapshot().orElseThrow().postings()).isZero();
    assertThat(store.snapshot().orElseThrow().indexFailure("digit")).isEmpty();
  }

  @Test
  void anIndexThatAnswersDifferentlyEachTimeLeavesNothingBehind() {
    int[] calls = new int[1];
    Store store = new Store();
    store.indexBy(List.of(new Index("moody", object -> List.of("" + calls[0]++))));
    store.replace(List.of(object("a", 5)), new ResourceVersion("5"), 1);
    for (int version = 6; version < 100; version++) {
      store.put(object("a", version));
    }
    store.remove(object("a", 100));
    store.publish();
    assertThat(store.snapshot().orElseThrow().postings()).isZero();
  }

  @Test
  void whatIsAskedOfTwoIndexesAndALabelMustHoldOfAll() {
    Store store = new Store();
    store.indexBy(
        List.of(
            new Index("first", object -> List.of(object.key().name().substring(0, 1))),
            new Index("last", object -> List.of(object.key().name().substring(1)))));
    store.replace(
        List.of(object("ax", 2), object("ay", 3), object("bx", 4), object("by", 5)),
        new ResourceVersion("5"),
        1);
    List<IndexKey> both = List.of(new IndexKey("first", "a"), new IndexKey("last", "y"));
    Snapshot snapshot = store.snapshot().orElseThrow();
    assertThat(
            snapshot.select(Optional.empty(), LabelSelector.parse("odd=1"), both, object -> true))
        .extracting(object -> object.key().name())
        .containsExactly("ay");
    assertThat(
            snapshot.select(Optional.empty(), LabelSelector.parse("odd=0"), both, object -> true))
        .isEmpty();
    assertThat(snapshot.scanned(Optional.empty(), LabelSelector.everything(), both)).isEqualTo(2);
  }
}
