package dev.freshet.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonTreeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "\"\\u00e9\\n\"",
        "[1, -7, 123456789012345678901234567890, 1.25, 1e3, true, false, null]",
        "{\"a\": {\"b\": [{\"c\": []}, [[\"d\"]]]}, \"e\": \"f\"}"
      })
  void readsWhatJacksonsMapperReads(String json) {
    assertThat(JsonTree.of(json)).hasToString(new JsonMapper().readTree(json).toString());
  }
}
