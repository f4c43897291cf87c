package dev.freshet.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ContentHashTest {
  private static final long HELD =
      hash(
          """
          {"kind":"Pod","apiVersion":"v1","metadata":{"name":"p","managedFields":[{}]},
           "spec":{"containers":[{"name":"a"},{"name":"b"}],"volumes":[]}}""");

  @Test
  void whatOnlyOneSideWritesDoesNotCount() {
    assertThat(
            hash(
                """
                {"spec":{"containers":[{"name":"a","env":null},{"name":"b"}]},
                 "metadata":{"resourceVersion":"7","name":"p","labels":{}}}"""))
        .isEqualTo(HELD);
  }

  @Test
  void anotherValueCounts() {
    assertThat(
            hash(
                "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"a\"},{\"name\":\"c\"}]}}"))
        .isNotEqualTo(HELD);
  }

  @Test
  void theOrderOfAListCounts() {
    assertThat(
            hash(
                "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"b\"},{\"name\":\"a\"}]}}"))
        .isNotEqualTo(HELD);
  }

  @Test
  void aFieldInAnotherPlaceCounts() {
    assertThat(hash("{\"a\":{\"b\":\"c\"}}")).isNotEqualTo(hash("{\"b\":{\"a\":\"c\"}}"));
  }

  private static long hash(String json) {
    return ContentHash.of(JsonMapper.shared().readTree(json));
  }
}
