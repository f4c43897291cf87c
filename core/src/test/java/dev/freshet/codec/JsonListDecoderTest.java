package dev.freshet.codec;

import static dev.freshet.codec.PodJson.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.freshet.error.LimitExceededException;
import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.Owner;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonListDecoderTest {

  private final List<StoredObject> items = new ArrayList<>();
  private final ListDecoder decoder = JsonCodec.INSTANCE.list(items::add);

  @Test
  void rowCarriesWhatTheMetadataSays() {
    decode(
        list(
            """
            {"metadata":{"name":"n","namespace":"ns","uid":"u","resourceVersion":"7",
            "labels":{"a":"1","b":""},"ownerReferences":[
            {"kind":"Other","name":"o","uid":"ou","controller":false},
            {"kind":"ReplicaSet","name":"rs","uid":"ru","controller":true,"blockOwnerDeletion":true},
            {"kind":"Last","name":"l","uid":"lu"}]},"spec":{"name":"not this"}}"""));
    StoredObject item = items.getFirst();
    assertThat(item.key()).isEqualTo(new ObjectKey("ns", "n"));
    assertThat(item.uid()).isEqualTo("u");
    assertThat(item.resourceVersion()).isEqualTo(new ResourceVersion("7"));
    assertThat(item.labels()).isEqualTo(Labels.of(Map.of("a", "1", "b", "")));
    assertThat(item.owner()).isEqualTo(new Owner("ReplicaSet", "rs", "ru"));
  }

  @Test
  void rowOfAnObjectWithHardlyAnyMetadataIsEmptyButForTheName() {
    decode(list("{\"metadata\":{\"name\":\"n\",\"labels\":null,\"ownerReferences\":null}}"));
    StoredObject item = items.getFirst();
    assertThat(item.key()).isEqualTo(new ObjectKey("", "n"));
    assertThat(item.uid()).isEmpty();
    assertThat(item.resourceVersion()).isEqualTo(ResourceVersion.NONE);
    assertThat(item.labels()).isEqualTo(Labels.NONE);
    assertThat(item.owner()).isNull();
  }

  @Test
  void nothingOfOneItemIsLeftInTheNext() {
    decode(
        list(
            """
            {"metadata":{"name":"a","namespace":"ns","uid":"u","resourceVersion":"1",
            "labels":{"x":"y"},"managedFields":[1],
            "ownerReferences":[{"kind":"K","name":"o","uid":"ou","controller":true}]}}""",
            "{\"metadata\":{\"name\":\"b\",\"ownerReferences\":[{\"controller\":true}]}}"));
    assertThat(items.get(1))
        .usingRecursiveComparison()
        .ignoringFields("body")
        .isEqualTo(
            new StoredObject(
                new ObjectKey("", "b"),
                "",
                ResourceVersion.NONE,
                Labels.NONE,
                new Owner("", "", ""),
                items.get(1).body()));
    assertThat(bodies().get(1)).contains("\"b\"").endsWith("}]}}");
  }

  @Test
  void labelsMayComeInAnyOrderAndNullIsEmpty() {
    decode(list("{\"metadata\":{\"name\":\"n\",\"labels\":{\"b\":\"2\",\"a\":null}}}"));
    assertThat(items.getFirst().labels()).isEqualTo(Labels.of(Map.of("a", "", "b", "2")));
  }

  @Test
  void anyNumberOfLabelsIsKept() {
    StringBuilder labels = new StringBuilder();
    for (int i = 100; i < 300; i++) {
      labels.append(i > 100 ? "," : "").append("\"k").append(i).append("\":\"v\"");
    }
    decode(list("{\"metadata\":{\"name\":\"n\",\"labels\":{" + labels + "}}}"));
    assertThat(items.getFirst().labels().size()).isEqualTo(200);
  }

  @Test
  void escapedAndNonAsciiTextsAreDecodedInTheRow() {
    decode(list("{\"metadata\":{\"name\":\"\\u00e9\\n\",\"labels\":{\"\\u006b\":\"😀é\"}}}"));
    assertThat(items.getFirst().key().name()).isEqualTo("é\n");
    assertThat(items.getFirst().labels().get("k")).isEqualTo("😀é");
  }

  @Test
  void rowsShareTheirRepeatingTexts() {
    List<PodJson.Pod> pods = new PodJson(1).pods(401);
    decode(PodJson.list(pods));
    StoredObject first = items.get(0);
    StoredObject last = items.get(400);
    assertThat(last.key().namespace()).isSameAs(first.key().namespace());
    assertThat(last.labels().keyAt(0)).isSameAs(first.labels().keyAt(0));
    assertThat(last.labels().valueAt(0)).isSameAs(first.labels().valueAt(0));
    assertThat(last.owner()).isEqualTo(first.owner());
  }

  @Test
  void endTellsVersionAndContinueToken() {
    assertThat(
            decode(
                "{\"metadata\":{\"resourceVersion\":\"9\",\"continue\":\"next\","
                    + "\"remainingItemCount\":5},\"items\":[]}"))
        .isEqualTo(new ListEnd(new ResourceVersion("9"), "next"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\":\"PodList\",\"metadata\":{\"resourceVersion\":\"9\"},\"items\":null}",
        "{\"kind\":\"PodList\",\"metadata\":{\"resourceVersion\":\"9\"}}",
        "{\"items\":[],\"metadata\":{\"x\":{\"continue\":\"no\"},\"resourceVersion\":\"9\"}}",
        "\uFEFF{\"items\":[],\"metadata\":{\"resourceVersion\":\"9\",\"continue\":null}}",
      })
  void listsWithoutItemsAreEmpty(String list) {
    assertThat(decode(list)).isEqualTo(new ListEnd(new ResourceVersion("9"), ""));
    assertThat(items).isEmpty();
  }

  @Test
  void listWithoutVersionHasNone() {
    assertThat(decode("{\"items\":[]}").resourceVersion()).isEqualTo(ResourceVersion.NONE);
  }

  @Test
  void membersMayComeInAnyOrder() {
    ListEnd end =
        decode(
            "{\"items\":[{\"metadata\":{\"name\":\"n\"}}],\"other\":{\"items\":[{}]},"
                + "\"metadata\":{\"resourceVersion\":\"3\"},\"kind\":\"X\"}");
    assertThat(items).hasSize(1);
    assertThat(end.resourceVersion()).isEqualTo(new ResourceVersion("3"));
  }

  @Test
  void itemIsHandedOutBeforeTheNextByteComes() {
    decoder.push(ByteBuffer.wrap(utf8("{\"items\":[{\"metadata\":{\"name\":\"n\"}}")));
    assertThat(items).hasSize(1);
  }

  @Test
  void chunksOfEverySizeGiveTheSame() {
    List<PodJson.Pod> pods = new PodJson(2).pods(2);
    byte[] list = PodJson.list(pods);
    for (int size = 1; size <= list.length; size += size < 300 ? 1 : 211) {
      items.clear();
      ListDecoder one = JsonCodec.INSTANCE.list(items::add);
      Chunks.ofSize(list, size, one::push);
      assertThat(one.end().resourceVersion()).isEqualTo(new ResourceVersion("123456"));
      assertThat(bodies()).as("size %d", size).isEqualTo(lean(pods));
    }
  }

  @RepeatedTest(20)
  void randomChunksGiveTheSame(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<PodJson.Pod> pods = new PodJson(repetition.getCurrentRepetition()).pods(100);
    Chunks.ofRandomSizes(PodJson.list(pods), random, decoder::push);
    decoder.end();
    assertThat(bodies()).isEqualTo(lean(pods));
    assertThat(items).extracting(item -> item.key().name()).isEqualTo(names(pods));
  }

  @Test
  void directAndReadOnlyBuffersAreConsumed() {
    byte[] list = PodJson.list(new PodJson(3).pods(3));
    ByteBuffer direct = ByteBuffer.allocateDirect(list.length).put(list).flip();
    ByteBuffer first = direct.slice(0, 1000).asReadOnlyBuffer();
    ByteBuffer second = direct.slice(1000, list.length - 1000);
    decoder.push(first);
    decoder.push(second);
    decoder.end();
    assertThat(first.hasRemaining() || second.hasRemaining()).isFalse();
    assertThat(items).hasSize(3);
  }

  @Test
  void theChunkIsNotKept() {
    List<PodJson.Pod> pods = new PodJson(3).pods(3);
    byte[] list = PodJson.list(pods);
    Chunks.ofSize(
        list,
        1000,
        chunk -> {
          decoder.push(chunk);
          java.util.Arrays.fill(list, chunk.position() - 1, chunk.position(), (byte) '!');
        });
    decoder.end();
    assertThat(bodies()).isEqualTo(lean(pods));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "not json",
        "<html><body>Bad Gateway</body></html>",
        "[]",
        "\"text\"",
        "null",
        "{\"items\":{}}",
        "{\"items\":\"a\"}",
        "{\"items\":[1]}",
        "{\"items\":[null]}",
        "{\"items\":[[]]}",
        "{\"items\":[{}]}",
        "{\"items\":[{\"metadata\":{}}]}",
        "{\"items\":[{\"metadata\":{\"name\":\"\"}}]}",
        "{\"items\":[{\"metadata\":{\"name\":null}}]}",
        "{\"items\":[{\"metadata\":{\"name\":1}}]}",
        "{\"items\":[{\"metadata\":{\"name\":{}}}]}",
        "{\"items\":[{\"metadata\":[]}]}",
        "{\"items\":[{\"metadata\":\"n\"}]}",
        "{\"items\":[{\"metadata\":{\"name\":\"n\",\"labels\":[]}}]}",
        "{\"items\":[{\"metadata\":{\"name\":\"n\",\"labels\":{\"a\":1}}}]}",
        "{\"items\":[{\"metadata\":{\"name\":\"n\",\"labels\":{\"a\":{}}}}]}",
        "{\"items\":[{\"metadata\":{\"name\":\"n\",\"labels\":\"a\"}}]}",
        "{\"items\":[{\"metadata\":{\"name\":\"n\",\"ownerReferences\":{}}}]}",
        "{\"items\":[{\"metadata\":{\"name\":\"n\",\"ownerReferences\":[1]}}]}",
        "{\"items\":[{\"metadata\":{\"name\":\"n\"}},]}",
        "{\"items\":[{\"metadata\":{\"name\":\"n\"}} {\"metadata\":{\"name\":\"m\"}}]}",
        "{\"items\":[{\"metadata\":{\"name\":\"n\"},\"a\":01}]}",
        "{\"items\":[{\"metadata\":{\"name\":\"n\"},\"a\":\"\\x\"}]}",
        "{\"items\":[{\"metadata\":{\"name\":\"n\"},\"a\":\"\u0001\"}]}",
        "{\"items\":[{\"metadata\":{\"name\":\"n\"},\"a\":NaN}]}",
        "{\"items\":[{\"metadata\":{\"name\":\"n\"},\"a\":tru}]}",
        "{\"items\":[{\"metadata\":{\"name\":\"n\"},'a':1}]}",
        "{\"items\":[{\"metadata\":{\"name\":\"n\"}/**/}]}",
        "{\"items\":[{\"metadata\":{\"name\":\"n\"}]}}",
        "{\"items\":[],\"items\":[]}",
        "{\"items\":[]}x",
        "{\"items\":[]}{}",
        "{\"items\":[]}1",
        "{\"kind\":\"Status\",\"metadata\":{},\"status\":\"Failure\",\"code\":403}",
        "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"n\",\"resourceVersion\":\"1\"}}",
        "{}",
        "",
        " ",
        "{",
        "{\"items\"",
        "{\"items\":[",
        "{\"items\":[{\"metadata\":{\"name\":\"n\"}}",
        "{\"items\":[{\"metadata\":{\"name\":\"n\"}}]",
      })
  void whatIsNotAListIsRefused(String answer) {
    assertThatThrownBy(() -> decode(answer)).isInstanceOf(MalformedResponseException.class);
  }

  @Test
  void everyTruncationOfAListIsRefused() {
    byte[] list = utf8(list(new PodJson(4).pod().whole()));
    for (int length = 0; length < list.length; length++) {
      ListDecoder one = JsonCodec.INSTANCE.list(items::add);
      one.push(ByteBuffer.wrap(list, 0, length));
      assertThat(catchThrowable(one::end))
          .as("cut to %d bytes", length)
          .isInstanceOf(MalformedResponseException.class);
    }
  }

  @Test
  void brokenUtf8IsRefused() {
    byte[] list = utf8("{\"items\":[{\"metadata\":{\"name\":\"n\"},\"a\":\"??\"}]}");
    list[list.length - 5] = (byte) 0xC3;
    assertThatThrownBy(() -> decoder.push(ByteBuffer.wrap(list)))
        .isInstanceOf(MalformedResponseException.class);
  }

  @Test
  void aStatusIsNamedAsSuch() {
    assertThatThrownBy(() -> decode("{\"kind\":\"Status\",\"metadata\":{}}"))
        .hasMessageContaining("expected a list, found a Status");
  }

  @Test
  void theMessageNamesThePlaceAndNoContent() {
    assertThatThrownBy(
            () -> decode("{\"items\":[{\"metadata\":{\"name\":\"n\"},\"data\":canary}]}"))
        .hasMessageContaining("at byte ")
        .hasNoCause()
        .message()
        .doesNotContain("canary");
  }

  @Test
  void afterAFailureEveryCallFails() {
    Throwable first = catchThrowable(() -> decoder.push(ByteBuffer.wrap(utf8("x"))));
    assertThat(catchThrowable(() -> decoder.push(ByteBuffer.wrap(utf8("{\"items\":[]}")))))
        .isSameAs(first);
    assertThat(catchThrowable(decoder::end)).isSameAs(first);
  }

  @Test
  void afterTheSinkFailedEveryCallFails() {
    IllegalStateException failure = new IllegalStateException("sink");
    ListDecoder failing =
        JsonCodec.INSTANCE.list(
            item -> {
              throw failure;
            });
    assertThatThrownBy(
            () -> failing.push(ByteBuffer.wrap(utf8(list("{\"metadata\":{\"name\":\"n\"}}")))))
        .isSameAs(failure);
    assertThatThrownBy(failing::end).isSameAs(failure);
  }

  @Test
  void anItemAtTheLimitIsTaken() {
    String item = "{\"metadata\":{\"name\":\"n\"},\"a\":\"%s\"}";
    int room = DecodeLimits.MAX_OBJECT_BYTES - item.length() + 2;
    decode(list(item.formatted("x".repeat(room))));
    assertThat(items.getFirst().body().heldBytes()).isEqualTo(DecodeLimits.MAX_OBJECT_BYTES);
  }

  @Test
  void anItemOverTheLimitIsRefusedEvenIfItsManagedFieldsWouldGo() {
    String item = "{\"metadata\":{\"name\":\"n\",\"managedFields\":[\"%s\"]}}";
    int room = DecodeLimits.MAX_OBJECT_BYTES - item.length() + 3;
    assertThatThrownBy(() -> decode(list(item.formatted("x".repeat(room)))))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining(String.valueOf(DecodeLimits.MAX_OBJECT_BYTES));
  }

  @Test
  void anEndlessItemIsRefusedBeforeItEnds() {
    decoder.push(ByteBuffer.wrap(utf8("{\"items\":[{\"a\":[")));
    byte[] numbers = utf8("1,2,3,4,".repeat(1 << 17));
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 33; i++) {
                decoder.push(ByteBuffer.wrap(numbers));
              }
            })
        .isInstanceOf(LimitExceededException.class);
  }

  @Test
  void nestingAtTheLimitIsTaken() {
    int levels = DecodeLimits.MAX_NESTING - 3;
    decode(
        list(
            "{\"metadata\":{\"name\":\"n\"},\"a\":"
                + "[".repeat(levels)
                + "]".repeat(levels)
                + "}"));
    assertThat(items).hasSize(1);
  }

  @Test
  void nestingOverTheLimitIsRefused() {
    assertThatThrownBy(
            () ->
                decode(
                    list(
                        "{\"metadata\":{\"name\":\"n\"},\"a\":"
                            + "[".repeat(DecodeLimits.MAX_NESTING - 2))))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining(String.valueOf(DecodeLimits.MAX_NESTING));
  }

  @Test
  void aNumberOverTheLimitIsRefused() {
    assertThatThrownBy(() -> decode("{\"a\":" + "1".repeat(JsonStream.MAX_NUMBER_LENGTH + 1) + "}"))
        .isInstanceOf(LimitExceededException.class);
  }

  /** Found by the fuzzer: Jackson ended the object if a chunk ended after the colon or comma. */
  @ParameterizedTest
  @ValueSource(strings = {"\"a\":", "\"a\" : ", "\"a\":1,", "\"a\":[1,]", "\"a\":{},"})
  void anObjectThatEndsWhereMoreIsDueIsRefusedHoweverItArrives(String members) {
    byte[] answer =
        PodJson.utf8("{\"items\":[{\"metadata\":{\"name\":\"n\"},\"spec\":{" + members + "}}]}");
    for (int split = 0; split <= answer.length; split++) {
      ListDecoder one = JsonCodec.INSTANCE.list(item -> {});
      ByteBuffer first = ByteBuffer.wrap(answer, 0, split);
      ByteBuffer rest = ByteBuffer.wrap(answer, split, answer.length - split);
      assertThatThrownBy(
              () -> {
                one.push(first);
                one.push(rest);
                one.end();
              })
          .as("split at %d", split)
          .isInstanceOf(MalformedResponseException.class);
    }
  }

  @Test
  void manyDistinctMemberNamesDoNoHarm() {
    for (int i = 0; i < 20; i++) {
      StringBuilder names = new StringBuilder();
      for (int j = 0; j < 10_000; j++) {
        names.append(",\"name-of-").append(i).append('-').append(j).append("\":0");
      }
      String item = "{\"metadata\":{\"name\":\"n\"}" + names + "}";
      decoder.push(ByteBuffer.wrap(utf8((i == 0 ? "{\"items\":[" : ",") + item)));
    }
    decoder.push(ByteBuffer.wrap(utf8("]}")));
    decoder.end();
    assertThat(items).hasSize(20);
  }

  private ListEnd decode(String answer) {
    return decode(utf8(answer));
  }

  private ListEnd decode(byte[] answer) {
    decoder.push(ByteBuffer.wrap(answer));
    return decoder.end();
  }

  private static String list(String... items) {
    return "{\"metadata\":{\"resourceVersion\":\"9\"},\"items\":[" + String.join(",", items) + "]}";
  }

  private List<String> bodies() {
    return items.stream()
        .map(item -> new String(item.body().bytes(), StandardCharsets.UTF_8))
        .toList();
  }

  private static List<String> lean(List<PodJson.Pod> pods) {
    return pods.stream().map(PodJson.Pod::lean).toList();
  }

  private static List<String> names(List<PodJson.Pod> pods) {
    return pods.stream().map(PodJson.Pod::name).toList();
  }
}
