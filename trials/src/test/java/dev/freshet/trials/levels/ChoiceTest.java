package dev.freshet.trials.levels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  private static final int DRAWS = 10_000;

  @Test
  void eachIsDrawnInProportionToItsWeight() {
    var choice = new Choice<String>(new SplittableRandom(1)).or(7, "often").or(3, "rarely");
    Map<String, Integer> drawn = new HashMap<>();
    for (int i = 0; i < DRAWS; i++) {
      drawn.merge(choice.next(), 1, Integer::sum);
    }

    assertThat(drawn.get("often")).isBetween(6_700, 7_300);
    assertThat(drawn.get("rarely")).isBetween(2_700, 3_300);
  }

  @Test
  void whatHasNoWeightIsNeverDrawn() {
    var choice = new Choice<String>(new SplittableRandom(1)).or(0, "never").or(1, "always");
    for (int i = 0; i < DRAWS; i++) {
      assertThat(choice.next()).isEqualTo("always");
    }
  }
}
