package dev.freshet.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelsTest {

  @Test
  void pairsInOrderAreLabels() {
    assertThat(Labels.ofPairs(new String[] {"a", "1", "b", "2"}))
        .isEqualTo(Labels.of(Map.of("a", "1", "b", "2")));
  }

  @Test
  void pairsOutOfOrderAreSorted() {
    assertThat(Labels.ofPairs(new String[] {"c", "3", "a", "1", "b", "2"}))
        .isEqualTo(Labels.of(Map.of("a", "1", "b", "2", "c", "3")));
  }

  @Test
  void theLaterOfTwoPairsWithOneKeyCounts() {
    assertThat(Labels.ofPairs(new String[] {"a", "1", "a", "2"}))
        .isEqualTo(Labels.of(Map.of("a", "2")));
  }

  @Test
  void noPairsAreNoLabels() {
    assertThat(Labels.ofPairs(new String[0])).isSameAs(Labels.NONE);
  }
}
