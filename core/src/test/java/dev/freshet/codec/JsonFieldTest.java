package dev.freshet.codec;

import static dev.freshet.codec.PodJson.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.Body;
import dev.freshet.object.FieldPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldTest {

  private static final String JSON =
      """
      { "a" : "text" , "b":{"c":[1, [2,{"d":"deep"}], "x", {}, []],"empty":{}},
        "escaped":"q\\"b\\\\s\\/n\\n\\t\\r\\b\\fu\\u00e9\\ud83d\\ude00 é😀",
        "n\\u0061me\\"":"escaped name", "größe":"umlaut", "text\\\\":"]}{[\\\\",
        "number":-1.50e+3,"yes":true,"no":false,"nothing":null,"dotted.na/me":"dots",
        "blank":"", "aa":"longer name", "":"no name"}
      """;

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a|text",
        "aa|longer name",
        "b.c[0]|1",
        "b.c[1][0]|2",
        "b.c[1][1].d|deep",
        "b.c[2]|x",
        "b.c[3]|{}",
        "b.c[4]|[]",
        "b.c[1]|[2,{\"d\":\"deep\"}]",
        "b.c|[1, [2,{\"d\":\"deep\"}], \"x\", {}, []]",
        "b|{\"c\":[1, [2,{\"d\":\"deep\"}], \"x\", {}, []],\"empty\":{}}",
        "['name\"']|escaped name",
        "größe|umlaut",
        "['text\\']|]}{[\\",
        "number|-1.50e+3",
        "yes|true",
        "no|false",
        "['dotted.na/me']|dots",
        "['']|no name",
        "blank|``",
      })
  void presentFieldsAreReadAsText(String path, String expected) {
    assertThat(read(JSON, path)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} is absent")
  @ValueSource(
      strings = {
        "nothing",
        "nothing.more",
        "missing",
        "b.missing",
        "b.empty.x",
        "b.c[5]",
        "b.c[4][0]",
        "b.c.d",
        "b[0]",
        "a.b",
        "a[0]",
        "number.x",
        "gr",
        "größer"
      })
  void absentFieldsAreNull(String path) {
    assertThat(read(JSON, path)).isNull();
  }

  @Test
  void escapesAreUndone() {
    assertThat(read(JSON, "escaped")).isEqualTo("q\"b\\s/n\n\t\r\b\fué😀 é😀");
  }

  @Test
  void aQuoteIsFoundAtEveryDistanceAndAlignment() {
    for (int length = 0; length < 40; length++) {
      for (int before = 0; before < 9; before++) {
        String json =
            "{%s\"skipped\":\"%s\",\"b\":\"%s\\\"\"}"
                .formatted(" ".repeat(before), "é\\\"".repeat(before) + "x".repeat(length), "y");
        assertThat(read(json, "b")).isEqualTo("y\"");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "{\"a\"", "{\"b\":", "{\"b\":[", "{\"a\":\"", "{\"b\":1,"})
  void bytesThatNoDecoderMadeAreRefused(String json) {
    assertThatThrownBy(() -> read(json, "a"))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("cannot read a");
  }

  private static @Nullable String read(String json, String path) {
    return Codec.field(Body.of(utf8(json), Body.Encoding.JSON), FieldPath.of(path));
  }
}
