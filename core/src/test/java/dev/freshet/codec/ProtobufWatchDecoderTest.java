package dev.freshet.codec;

import static dev.freshet.codec.PodProtobuf.bare;
import static dev.freshet.codec.PodProtobuf.bookmark;
import static dev.freshet.codec.PodProtobuf.envelope;
import static dev.freshet.codec.PodProtobuf.event;
import static dev.freshet.codec.PodProtobuf.frame;
import static dev.freshet.codec.PodProtobuf.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.freshet.error.LimitExceededException;
import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.FieldPath;
import dev.freshet.object.ResourceVersion;
import dev.freshet.protobuf.WireBytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ProtobufWatchDecoderTest {

  private final List<WatchEvent> events = new ArrayList<>();
  private final WatchDecoder decoder = ProtobufCodec.INSTANCE.watch(events::add);

  @Test
  void everyTypeOfEventIsTold() {
    push(
        event("ADDED", "Pod", pod("a", "1")),
        event("MODIFIED", "Pod", pod("a", "2")),
        event("DELETED", "Pod", pod("a", "3")),
        event("BOOKMARK", "Pod", bookmark("4", false)),
        event("BOOKMARK", "Pod", bookmark("5", true)));
    decoder.end();
    assertThat(events).hasSize(5);
    assertThat(((WatchEvent.Added) events.get(0)).object().key().name()).isEqualTo("a");
    assertThat(((WatchEvent.Modified) events.get(1)).object().resourceVersion())
        .isEqualTo(new ResourceVersion("2"));
    assertThat(((WatchEvent.Deleted) events.get(2)).object().resourceVersion())
        .isEqualTo(new ResourceVersion("3"));
    assertThat(events.get(3)).isEqualTo(new WatchEvent.Bookmark(new ResourceVersion("4"), false));
    assertThat(events.get(4)).isEqualTo(new WatchEvent.Bookmark(new ResourceVersion("5"), true));
  }

  @Test
  void anErrorCarriesItsStatus() {
    WireBytes status =
        WireBytes.message()
            .message(1, WireBytes.message())
            .text(2, "Failure")
            .text(3, "too old resource version: 5 (9)")
            .text(4, "Expired")
            .varint(6, 410);
    push(event("ERROR", "Status", status));
    assertThat(events)
        .containsExactly(new WatchEvent.Failed(410, "Expired", "too old resource version: 5 (9)"));
  }

  @Test
  void theObjectsOfAWatchAreReadLikeThoseOfAList() {
    push(event("ADDED", "Pod", pod("a", "1")));
    var body = ((WatchEvent.Added) events.getFirst()).object().body();
    assertThat(Codec.field(body, FieldPath.of("status.phase"))).isEqualTo("Running");
    assertThat(Codec.field(body, FieldPath.of("kind"))).isEqualTo("Pod");
  }

  @Test
  void anyChunkingGivesTheSame() {
    byte[] stream =
        joined(
            event("ADDED", "Pod", pod("a", "1")),
            event("BOOKMARK", "Pod", bookmark("4", false)),
            event("DELETED", "Pod", pod("a", "5")));
    push(stream);
    for (int size = 1; size <= stream.length; size++) {
      List<WatchEvent> again = new ArrayList<>();
      WatchDecoder one = ProtobufCodec.INSTANCE.watch(again::add);
      Chunks.ofSize(stream, size, one::push);
      one.end();
      assertThat(again).usingRecursiveComparison().isEqualTo(events);
    }
  }

  @Test
  void anEventIsHandedOnWithItsLastByte() {
    byte[] frame = event("ADDED", "Pod", pod("a", "1"));
    decoder.push(ByteBuffer.wrap(frame, 0, frame.length - 1));
    assertThat(events).isEmpty();
    decoder.push(ByteBuffer.wrap(frame, frame.length - 1, 1));
    assertThat(events).hasSize(1);
  }

  @Test
  void aStreamThatEndsInsideAnEventIsATypedError() {
    byte[] frame = event("ADDED", "Pod", pod("a", "1"));
    for (int length = 1; length < frame.length; length++) {
      WatchDecoder one = ProtobufCodec.INSTANCE.watch(event -> {});
      one.push(ByteBuffer.wrap(frame, 0, length));
      assertThatThrownBy(one::end).isInstanceOf(MalformedResponseException.class);
    }
  }

  @Test
  void aBadFrameStaysBadAndTheEventsBeforeItStand() {
    push(event("ADDED", "Pod", pod("a", "1")));
    Throwable failure =
        catchThrowable(
            () ->
                push(event("RENAMED", "Pod", pod("a", "2")), event("ADDED", "Pod", pod("b", "3"))));
    assertThat(failure).isInstanceOf(MalformedResponseException.class);
    assertThat(events).hasSize(1);
    assertThatThrownBy(() -> push(event("ADDED", "Pod", pod("b", "3")))).isSameAs(failure);
    assertThatThrownBy(decoder::end).isSameAs(failure);
  }

  @Test
  void framesThatAreNoEventsAreTypedErrors() {
    refused(frame(WireBytes.message()));
    refused(frame(WireBytes.message().text(1, "ADDED")));
    refused(frame(WireBytes.message().text(1, "ADDED").message(2, WireBytes.message())));
    refused(frame(raw("", envelope("v1", "Pod", pod("a", "1")))));
    refused(frame(raw("ADDED", WireBytes.message().verbatim('{', '}'))));
    refused(frame(raw("ADDED", pod("a", "1"))));
    refused(frame(raw("ADDED", envelope("example.com/v1", "Widget", pod("a", "1")))));
    refused(frame(raw("BOOKMARK", envelope("v1", "Pod", WireBytes.message()))));
    refused(frame(raw("ADDED", envelope("v1", "Pod", bookmark("4", false)))));
    refused(event("ADDED", "Pod", pod("a", "")));
    refused(PodJson.utf8("{\"type\":\"BOOKMARK\"}"));
  }

  @Test
  void aFrameOverTheLimitIsRefusedBeforeItIsHeld() {
    byte[] head = ByteBuffer.allocate(4).putInt(-1).array();
    assertThatThrownBy(() -> push(head)).isInstanceOf(LimitExceededException.class);
  }

  @RepeatedTest(200)
  void aDamagedStreamIsReadOrRefusedButNeverBreaksTheDecoder(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    byte[] stream =
        joined(event("ADDED", "Pod", pod("a", "1")), event("BOOKMARK", "Pod", bookmark("4", true)));
    for (int i = 0; i <= random.nextInt(3); i++) {
      stream[random.nextInt(stream.length)] = (byte) random.nextInt();
    }
    Throwable failure =
        catchThrowable(
            () -> {
              Chunks.ofRandomSizes(stream, random, decoder::push);
              decoder.end();
            });
    if (failure != null) {
      assertThat(failure)
          .isInstanceOfAny(MalformedResponseException.class, LimitExceededException.class);
    }
  }

  @Test
  void aFailureInsideAnEventNamesThePlaceInTheStream() {
    byte[] noText = {(byte) 0xC3, 'x'};
    byte[] sound = event("ADDED", "Pod", pod("n", "7"));
    byte[] broken = event("ADDED", "Pod", bare(WireBytes.message().bytes(5, noText)));
    for (int i = 0; i < 500; i++) {
      push(sound);
    }
    // Only what the envelope ends with follows the text: two empty fields.
    int place = 500 * sound.length + broken.length - 4 - noText.length;
    assertThatThrownBy(() -> push(broken))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("a text is not UTF-8 (at byte " + place + ")");
  }

  private static WireBytes raw(String type, WireBytes content) {
    return WireBytes.message().text(1, type).message(2, WireBytes.message().message(1, content));
  }

  private static void refused(byte[] stream) {
    WatchDecoder one = ProtobufCodec.INSTANCE.watch(event -> {});
    assertThatThrownBy(() -> one.push(ByteBuffer.wrap(stream)))
        .isInstanceOfAny(MalformedResponseException.class, LimitExceededException.class);
  }

  private void push(byte[]... frames) {
    decoder.push(ByteBuffer.wrap(joined(frames)));
  }

  private static byte[] joined(byte[]... frames) {
    var out = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      out.writeBytes(frame);
    }
    return out.toByteArray();
  }
}
