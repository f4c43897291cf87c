package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
  private static final int MOST = 40_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 32, 33, 1_024, 1_025, MOST})
  void agreesWithATreeMapThroughRandomChanges(int numbers) {
    Random random = new Random(numbers);
    TreeMap<Integer, Integer> model = new TreeMap<>();
    Table<Integer> table = Table.empty();
    for (int step = 0; step < 20_000; step++) {
      int number = random.nextInt(numbers);
      if (random.nextInt(3) == 0) {
        table = table.with(number, null);
        model.remove(number);
      } else {
        table = table.with(number, step);
        model.put(number, step);
      }
    }
    for (int number = 0; number < 2 * numbers; number++) {
      assertThat(table.at(number)).isEqualTo(model.get(number));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 33, 1_024, 1_025, MOST})
  void builtAtOnceHasEachElementAtItsPlaceAndGrows(int size) {
    List<Integer> elements = IntStream.range(0, size).boxed().toList();
    Table<Integer> atOnce = Table.of(elements);
    Table<Integer> grown = atOnce.with(size, -1).with(3 * MOST, -2);
    for (int number = 0; number < size; number++) {
      assertThat(atOnce.at(number)).isEqualTo(number);
      assertThat(grown.at(number)).isEqualTo(number);
    }
    assertThat(atOnce.at(size)).isNull();
    assertThat(grown.at(size)).isEqualTo(-1);
    assertThat(grown.at(3 * MOST)).isEqualTo(-2);
    assertThat(grown.at(Integer.MAX_VALUE)).isNull();
  }

  @Test
  void anOlderTableIsUntouchedByLaterChanges() {
    Table<Integer> old = Table.of(IntStream.range(0, 2_000).boxed().toList());
    Table<Integer> changed = old;
    for (int number = 0; number < 4_000; number += 2) {
      changed = changed.with(number, -1);
    }
    for (int number = 0; number < 2_000; number++) {
      assertThat(old.at(number)).isEqualTo(number);
      assertThat(changed.at(number)).isEqualTo(number % 2 == 0 ? -1 : number);
    }
  }
}
