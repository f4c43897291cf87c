package dev.freshet.codec;

import static dev.freshet.codec.PodJson.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagedFieldsCutTest {

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        // First, middle, last; with and without whitespace.
        "{\"metadata\":{\"managedFields\":[],\"name\":\"n\"}}|{\"metadata\":{\"name\":\"n\"}}",
        "{\"metadata\":{\"name\":\"n\",\"managedFields\":[{}],\"a\":1}}"
            + "|{\"metadata\":{\"name\":\"n\",\"a\":1}}",
        "{\"metadata\":{\"name\":\"n\",\"managedFields\":[{\"a\":[{}]}]}}"
            + "|{\"metadata\":{\"name\":\"n\"}}",
        "{ \"metadata\" : { \"managedFields\" : [ 1 ] , \"name\" : \"n\" } }"
            + "|{ \"metadata\" : {  \"name\" : \"n\" } }",
        "{ \"metadata\" : { \"name\" : \"n\" , \"managedFields\" : [ 1 ] , \"a\" : 1 } }"
            + "|{ \"metadata\" : { \"name\" : \"n\"  , \"a\" : 1 } }",
        "{ \"metadata\" : { \"name\" : \"n\" , \"managedFields\" : [ 1 ] } }"
            + "|{ \"metadata\" : { \"name\" : \"n\"  } }",
        // What an API server never writes, and what may stay.
        "{\"metadata\":{\"name\":\"n\",\"managedFields\":{\"a\":1}}}|{\"metadata\":{\"name\":\"n\"}}",
        "{\"metadata\":{\"name\":\"n\",\"managedFields\":null}}"
            + "|{\"metadata\":{\"name\":\"n\",\"managedFields\":null}}",
        "{\"metadata\":{\"name\":\"n\",\"managed\\u0046ields\":[1]}}"
            + "|{\"metadata\":{\"name\":\"n\",\"managed\\u0046ields\":[1]}}",
        "{\"metadata\":{\"managedFields\":[1],\"name\":\"n\",\"managedFields\":[2]}}"
            + "|{\"metadata\":{\"name\":\"n\",\"managedFields\":[2]}}",
        "{\"metadata\":{\"managedFields\":null,\"name\":\"n\",\"managedFields\":[2]}}"
            + "|{\"metadata\":{\"managedFields\":null,\"name\":\"n\"}}",
        // Elsewhere it is none of ours.
        "{\"managedFields\":[1],\"metadata\":{\"name\":\"n\"}}"
            + "|{\"managedFields\":[1],\"metadata\":{\"name\":\"n\"}}",
        "{\"metadata\":{\"name\":\"n\",\"annotations\":{\"managedFields\":\"a\"}}}"
            + "|{\"metadata\":{\"name\":\"n\",\"annotations\":{\"managedFields\":\"a\"}}}",
        "{\"metadata\":{\"name\":\"n\"},\"t\":{\"metadata\":{\"managedFields\":[1]}}}"
            + "|{\"metadata\":{\"name\":\"n\"},\"t\":{\"metadata\":{\"managedFields\":[1]}}}",
      })
  void onlyTheObjectsOwnGoWithOneCommaAtMost(String item, String expected) {
    for (String space : List.of("", "  ")) {
      byte[] list = utf8("{\"items\":[" + space + item + space + "," + item + "]}");
      for (int size : new int[] {1, 7, list.length}) {
        List<StoredObject> items = new ArrayList<>();
        ListDecoder decoder = JsonCodec.INSTANCE.list(items::add);
        Chunks.ofSize(list, size, decoder::push);
        decoder.end();
        assertThat(items)
            .extracting(one -> new String(one.body().bytes(), StandardCharsets.UTF_8))
            .containsExactly(expected, expected);
      }
    }
  }
}
