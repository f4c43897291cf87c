package dev.freshet.selector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.error.InvalidSelectorException;
import dev.freshet.object.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random selectors against predicates that were built beside them, not from them. */
class RandomLabelSelectorTest {

  private static final List<String> KEYS = List.of("a", "b", "in", "notin", "x.io/k");
  private static final List<String> VALUES = List.of("", "1", "2", "10", "v", "in", "notin");

  private final List<String> texts = new ArrayList<>();
  private Predicate<Map<String, String>> expected = labels -> true;

  @RepeatedTest(200)
  void matchesAsItsPartsDoAndSurvivesItsOwnText(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int i = random.nextInt(4); i >= 0; i--) {
      addRequirement(random);
    }
    LabelSelector selector = LabelSelector.parse(String.join(space(random) + ",", texts));

    assertThat(LabelSelector.parse(selector.toString())).isEqualTo(selector);
    for (int i = 0; i < 50; i++) {
      Map<String, String> labels = labels(random);
      assertThat(selector.matches(Labels.of(labels)))
          .as("%s on %s", selector, labels)
          .isEqualTo(expected.test(labels));
    }
  }

  @RepeatedTest(200)
  void randomTextIsEitherRefusedWithinItsLengthOrSurvivesItsOwnText(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<String> pieces =
        List.of("a", "in", "notin", " ", ",", "(", ")", "=", "!", ">", "<", "1", "/", "-", ".");
    for (int i = 0; i < 100; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(8); j >= 0; j--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      try {
        LabelSelector selector = LabelSelector.parse(text.toString());
        assertThat(LabelSelector.parse(selector.toString())).isEqualTo(selector);
      } catch (InvalidSelectorException e) {
        assertThat(e.position()).isBetween(0, text.length());
      }
    }
  }

  private void addRequirement(Random random) {
    String key = KEYS.get(random.nextInt(KEYS.size()));
    String value = VALUES.get(random.nextInt(VALUES.size()));
    String other = VALUES.get(random.nextInt(VALUES.size()));
    int number = random.nextInt(12);
    switch (random.nextInt(8)) {
      case 0 -> add(key + "=" + value, labels -> value.equals(labels.get(key)));
      case 1 -> add(key + " == " + value, labels -> value.equals(labels.get(key)));
      case 2 -> add(key + "!=" + value, labels -> !value.equals(labels.get(key)));
      case 3 -> add(key, labels -> labels.containsKey(key));
      case 4 -> add("!" + key, labels -> !labels.containsKey(key));
      case 5 -> add(key + ">" + number, labels -> number(labels.get(key), number) > number);
      case 6 -> add(key + "<" + number, labels -> number(labels.get(key), number) < number);
      default -> {
        boolean in = random.nextBoolean();
        String set = " (" + value + space(random) + "," + space(random) + other + ")";
        add(
            key + (in ? " in" : " notin") + set,
            labels -> in == (labels.containsKey(key) && isOneOf(labels.get(key), value, other)));
      }
    }
  }

  private void add(String text, Predicate<Map<String, String>> meaning) {
    texts.add(text);
    expected = expected.and(meaning);
  }

  private static boolean isOneOf(String found, String value, String other) {
    return found.equals(value) || found.equals(other);
  }

  /** The number that a label's value is, or one that is neither above nor below the bound. */
  private static int number(@Nullable String value, int bound) {
    return value != null && value.matches("[0-9]+") ? Integer.parseInt(value) : bound;
  }

  private static Map<String, String> labels(Random random) {
    Map<String, String> labels = new HashMap<>();
    for (String key : KEYS) {
      if (random.nextBoolean()) {
        labels.put(key, VALUES.get(random.nextInt(VALUES.size())));
      }
    }
    return labels;
  }

  private static String space(Random random) {
    return random.nextBoolean() ? "" : " \t";
  }
}
