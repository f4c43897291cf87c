package dev.freshet.codec;

import static dev.freshet.codec.PodJson.utf8;
import static dev.freshet.codec.PodProtobuf.bare;
import static dev.freshet.codec.PodProtobuf.envelope;
import static dev.freshet.codec.PodProtobuf.list;
import static dev.freshet.codec.PodProtobuf.listAnswer;
import static dev.freshet.codec.PodProtobuf.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.freshet.error.LimitExceededException;
import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.FieldPath;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.Owner;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.protobuf.WireBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ProtobufListDecoderTest {

  private final List<StoredObject> items = new ArrayList<>();
  private final ListDecoder decoder = ProtobufCodec.INSTANCE.list(items::add);

  @Test
  void rowCarriesWhatTheMetadataSays() {
    decode(listAnswer("9", pod("n", "7")));
    StoredObject item = items.getFirst();
    assertThat(item.key()).isEqualTo(new ObjectKey("ns", "n"));
    assertThat(item.uid()).isEqualTo("uid-n");
    assertThat(item.resourceVersion()).isEqualTo(new ResourceVersion("7"));
    assertThat(item.labels()).isEqualTo(Labels.of(Map.of("app", "web", "tier", "")));
    assertThat(item.owner()).isEqualTo(new Owner("ReplicaSet", "rs", "ru"));
  }

  @Test
  void nothingOfOneItemIsLeftInTheNext() {
    decode(listAnswer("9", pod("a", "7"), bare(WireBytes.message().text(1, "b"))));
    StoredObject item = items.get(1);
    assertThat(item.key()).isEqualTo(new ObjectKey("", "b"));
    assertThat(item.uid()).isEmpty();
    assertThat(item.resourceVersion()).isEqualTo(ResourceVersion.NONE);
    assertThat(item.labels()).isEqualTo(Labels.NONE);
    assertThat(item.owner()).isNull();
  }

  @Test
  void managedFieldsAreCutOutAndTheRestIsAsItWas() {
    WireBytes after = WireBytes.message().text(1, "n").message(17, WireBytes.message());
    decode(
        listAnswer(
            "9",
            pod("n", "7"),
            bare(after.text(6, "8").message(17, WireBytes.message().text(1, "again")))));
    assertThat(field(0, "metadata.managedFields")).isNull();
    assertThat(field(0, "metadata.labels.app")).isEqualTo("web");
    assertThat(field(0, "spec.nodeName")).isEqualTo("node-1");
    assertThat(field(0, "status.phase")).isEqualTo("Running");
    assertThat(items.get(1).body().bytes())
        .isEqualTo(bare(WireBytes.message().text(1, "n").text(6, "8")).toBytes());
  }

  @Test
  void aFailureInsideAnItemNamesThePlaceInTheAnswer() {
    byte[] noText = {(byte) 0xC3, 'x'};
    WireBytes[] pods = new WireBytes[500];
    Arrays.fill(pods, pod("n", "7"));
    pods[499] = bare(WireBytes.message().text(1, "n").bytes(5, noText));
    byte[] answer = listAnswer("9", pods);
    // Only what the envelope ends with follows the text: two empty fields.
    int place = answer.length - 4 - noText.length;
    assertThatThrownBy(
            () -> {
              for (int at = 0; at < answer.length; at += 1000) {
                decoder.push(ByteBuffer.wrap(answer, at, Math.min(1000, answer.length - at)));
              }
            })
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("a text is not UTF-8 (at byte " + place + ")");
  }

  @Test
  void labelsThatStandApartAllCount() {
    WireBytes apart =
        WireBytes.message().text(1, "n").entry(11, "a", "1").text(6, "7").entry(11, "b", "2");
    decode(listAnswer("9", bare(apart), bare(apart)));
    for (StoredObject item : items) {
      assertThat(item.labels()).isEqualTo(Labels.of(Map.of("a", "1", "b", "2")));
    }
  }

  @Test
  void objectsOfOneWorkloadShareLabelsAndOwner() {
    decode(listAnswer("9", pod("a", "7"), pod("b", "8")));
    assertThat(items.get(1).labels()).isSameAs(items.getFirst().labels());
    assertThat(items.get(1).owner()).isSameAs(items.getFirst().owner());
  }

  @Test
  void theEndTellsVersionAndContinueToken() {
    WireBytes metadata = WireBytes.message().text(2, "12").text(3, "more").varint(4, 5);
    ListEnd end =
        decode(envelope("v1", "PodList", WireBytes.message().message(1, metadata)).toBytes());
    assertThat(end).isEqualTo(new ListEnd(new ResourceVersion("12"), "more"));
    assertThat(items).isEmpty();
  }

  @Test
  void partialMetadataIsAListLikeAnyOther() {
    decode(
        envelope(
                "meta.k8s.io/v1",
                "PartialObjectMetadataList",
                list("9", bare(WireBytes.message().text(1, "n"))))
            .toBytes());
    assertThat(field(0, "kind")).isEqualTo("PartialObjectMetadata");
    assertThat(field(0, "metadata.name")).isEqualTo("n");
  }

  @Test
  void anyChunkingGivesTheSame() {
    byte[] answer = listAnswer("9", pod("a", "1"), pod("b", "2"), pod("c", "3"));
    decode(answer);
    for (int size = 1; size <= answer.length; size++) {
      List<StoredObject> again = new ArrayList<>();
      ListDecoder one = ProtobufCodec.INSTANCE.list(again::add);
      Chunks.ofSize(answer, size, one::push);
      assertThat(one.end().resourceVersion()).isEqualTo(new ResourceVersion("9"));
      assertThat(again).usingRecursiveComparison().isEqualTo(items);
    }
  }

  @Test
  void anItemIsHandedOnAsSoonAsItIsComplete() {
    byte[] answer = listAnswer("9", pod("a", "1"), pod("b", "2"));
    int sent = 0;
    while (items.isEmpty()) {
      decoder.push(ByteBuffer.wrap(answer, sent++, 1));
    }
    assertThat(sent).isLessThan(answer.length / 2 + 40);
  }

  @Test
  void aListThatEndsAnywhereTooEarlyIsATypedError() {
    byte[] answer = listAnswer("9", pod("a", "1"));
    int complete = answer.length - 4;
    for (int length = 0; length < answer.length; length++) {
      ListDecoder one = ProtobufCodec.INSTANCE.list(item -> {});
      one.push(ByteBuffer.wrap(answer, 0, length));
      if (length == complete || length == complete + 2) {
        // The empty fields after the content say nothing.
        one.end();
      } else {
        assertThatThrownBy(one::end).isInstanceOf(MalformedResponseException.class);
        assertThatThrownBy(one::end).isInstanceOf(MalformedResponseException.class);
      }
    }
  }

  @RepeatedTest(200)
  void aDamagedListIsReadOrRefusedButNeverBreaksTheDecoder(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    byte[] answer = listAnswer("9", pod("a", "1"), pod("b", "2"));
    for (int i = 0; i <= random.nextInt(3); i++) {
      answer[random.nextInt(answer.length)] = (byte) random.nextInt();
    }
    Throwable failure =
        catchThrowable(
            () -> {
              Chunks.ofRandomSizes(answer, random, decoder::push);
              decoder.end();
            });
    if (failure != null) {
      assertThat(failure)
          .isInstanceOfAny(MalformedResponseException.class, LimitExceededException.class);
    }
  }

  @Test
  void whatIsNoListIsRefusedByName() {
    assertThatThrownBy(() -> decode(envelope("v1", "Status", WireBytes.message()).toBytes()))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("expected a list, found a Status");
    assertThatThrownBy(
            () -> ProtobufCodec.INSTANCE.list(items::add).push(ByteBuffer.wrap(podAlone())))
        .hasMessageContaining("found a Pod");
  }

  @Test
  void aKindThatTheTablesLackIsRefusedByName() {
    assertThatThrownBy(
            () -> decode(envelope("example.com/v9", "WidgetList", WireBytes.message()).toBytes()))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("example.com/v9 Widget");
  }

  @Test
  void jsonUnderTheNameOfProtobufIsRefused() {
    assertThatThrownBy(() -> decode(utf8("{\"items\":[]}")))
        .isInstanceOf(MalformedResponseException.class);
  }

  @Test
  void anObjectWithoutNameIsRefused() {
    assertThatThrownBy(() -> decode(listAnswer("9", WireBytes.message())))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("metadata.name");
  }

  @Test
  void hostileEnvelopesAreTypedErrors() {
    WireBytes type = WireBytes.message().text(1, "v1").text(2, "PodList");
    refused(magic().message(2, list("9")));
    refused(magic().message(1, type).message(2, list("9")).message(2, list("9")));
    refused(magic().message(1, type).varint(2, 1));
    refused(magic().message(1, type).tag(2, 2).raw(-1));
    refused(magic().message(1, type).tag(2, 3));
    refused(magic().message(1, type).tag(0, 2).raw(1));
    refused(magic().message(1, type).message(2, list("9")).text(3, "gzip"));
    refused(magic().message(1, type).message(2, list("9")).text(4, "application/json"));
    refused(magic().message(1, type).message(2, WireBytes.message().tag(2, 2).raw(9)));
    refused(magic().verbatim(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF));
  }

  @Test
  void fieldsOfANewerServerAreSteppedOver() {
    WireBytes content =
        list("9", pod("a", "1"))
            .text(99, "new")
            .varint(98, 1)
            .float64(97, 1)
            .tag(96, 5)
            .verbatim(1, 2, 3, 4);
    WireBytes answer = envelope("v1", "PodList", content).text(99, "new");
    decode(answer.toBytes());
    assertThat(items).hasSize(1);
  }

  @Test
  void anItemOverTheLimitIsRefusedBeforeItIsHeld() {
    WireBytes head =
        magic()
            .message(1, WireBytes.message().text(1, "v1").text(2, "PodList"))
            .tag(2, 2)
            .raw(1L << 40);
    head.tag(2, 2).raw(DecodeLimits.MAX_OBJECT_BYTES + 1L);
    assertThatThrownBy(() -> decoder.push(ByteBuffer.wrap(head.toBytes())))
        .isInstanceOf(LimitExceededException.class);
    assertThatThrownBy(decoder::end).isInstanceOf(LimitExceededException.class);
  }

  private static byte[] podAlone() {
    return envelope("v1", "Pod", pod("a", "1")).toBytes();
  }

  private static WireBytes magic() {
    return WireBytes.message().verbatim('k', '8', 's', 0);
  }

  private static void refused(WireBytes answer) {
    ListDecoder one = ProtobufCodec.INSTANCE.list(item -> {});
    Throwable failure =
        catchThrowable(
            () -> {
              one.push(ByteBuffer.wrap(answer.toBytes()));
              one.end();
            });
    assertThat(failure)
        .as(Arrays.toString(answer.toBytes()))
        .isInstanceOf(MalformedResponseException.class);
    assertThatThrownBy(() -> one.push(ByteBuffer.allocate(1))).isSameAs(failure);
  }

  private ListEnd decode(byte[] answer) {
    decoder.push(ByteBuffer.wrap(answer));
    return decoder.end();
  }

  private @Nullable String field(int index, String path) {
    return Codec.field(items.get(index).body(), FieldPath.of(path));
  }
}
