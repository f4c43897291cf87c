package dev.freshet.testkit.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {
  private static final Map<String, String> LABELS = Map.of("app", "x", "ray.io/node-type", "w");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | true",
        "app=x | true",
        "app==x | true",
        "app = x | true",
        "app=y | false",
        "app!=x | false",
        "app!=y | true",
        "none!=y | true",
        "app in (x, y) | true",
        "app in (y,z) | false",
        "none in (y) | false",
        "app notin (y) | true",
        "app notin (x,y) | false",
        "none notin (y) | true",
        "app | true",
        "none | false",
        "!none | true",
        "!app | false",
        "app in (x,y),ray.io/node-type=w,!none | true",
        "app=x,ray.io/node-type!=w | false",
      })
  void selectsAsKubernetesDoes(String selector, boolean selected) {
    assertThat(LabelSelector.of(selector).test(LABELS)).isEqualTo(selected);
  }

  @Test
  void whatItCannotReadIsRefused() {
    assertThatThrownBy(() -> LabelSelector.of("a b c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"a b c\"");
  }
}
