package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedTreeTest {

  private record Entry(int key, int version) {}

  private static final Function<Entry, Integer> KEY = Entry::key;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesWithATreeMapThroughRandomChangesOfEverySize(long seed) {
    Random random = new Random(seed);
    TreeMap<Integer, Entry> model = new TreeMap<>();
    SortedTree<Integer, Entry> tree = SortedTree.empty(KEY);
    int range = 3_000;
    for (int step = 0; step < 20_000; step++) {
      // Grow, then shrink to nothing, then grow again.
      boolean add = random.nextInt(10) < (step / 5_000 % 2 == 0 ? 7 : 2);
      int key = random.nextInt(range);
      if (add) {
        Entry entry = new Entry(key, step);
        tree = tree.with(entry);
        model.put(key, entry);
      } else {
        tree = tree.without(key);
        model.remove(key);
      }
      if (step % 500 == 0) {
        assertSame(tree, model, random.nextInt(range));
      }
    }
    assertSame(tree, model, 0);
  }

  @Test
  void anOlderTreeIsUntouchedByLaterChanges() {
    List<Entry> entries = IntStream.range(0, 1_000).mapToObj(i -> new Entry(i, 0)).toList();
    SortedTree<Integer, Entry> old = SortedTree.ofSorted(KEY, entries);
    SortedTree<Integer, Entry> changed = old;
    for (int key = 0; key < 1_000; key += 2) {
      changed = changed.without(key).with(new Entry(key + 10_000, 1));
    }
    assertThat(all(old)).isEqualTo(entries);
    assertThat(changed.size()).isEqualTo(1_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 33, 1_024, 1_025, 40_000})
  void builtAtOnceEqualsBuiltOneByOne(int size) {
    List<Entry> entries = IntStream.range(0, size).mapToObj(i -> new Entry(i, 0)).toList();
    SortedTree<Integer, Entry> atOnce = SortedTree.ofSorted(KEY, entries);
    assertThat(all(atOnce)).isEqualTo(entries);
    assertThat(atOnce.size()).isEqualTo(size);
    SortedTree<Integer, Entry> grown = atOnce.with(new Entry(-1, 0));
    assertThat(grown.get(-1)).isEqualTo(new Entry(-1, 0));
  }

  @Test
  void aScanStopsWhenTheVisitorHasEnough() {
    List<Entry> entries = IntStream.range(0, 5_000).mapToObj(i -> new Entry(i, 0)).toList();
    List<Integer> seen = new ArrayList<>();
    SortedTree.ofSorted(KEY, entries)
        .scanFrom(
            1_234,
            entry -> {
              seen.add(entry.key());
              return seen.size() < 100;
            });
    assertThat(seen).isEqualTo(IntStream.range(1_234, 1_334).boxed().toList());
  }

  private static void assertSame(
      SortedTree<Integer, Entry> tree, NavigableMap<Integer, Entry> model, int probe) {
    assertThat(all(tree)).isEqualTo(List.copyOf(model.values()));
    assertThat(tree.size()).isEqualTo(model.size());
    assertThat(tree.get(probe)).isEqualTo(model.get(probe));
    assertThat(tree.rank(probe)).isEqualTo(model.headMap(probe).size());
    List<Entry> from = new ArrayList<>();
    tree.scanFrom(probe, from::add);
    assertThat(from).isEqualTo(List.copyOf(model.tailMap(probe).values()));
  }

  private static List<Entry> all(SortedTree<Integer, Entry> tree) {
    List<Entry> entries = new ArrayList<>();
    tree.scan(entries::add);
    return entries;
  }
}
