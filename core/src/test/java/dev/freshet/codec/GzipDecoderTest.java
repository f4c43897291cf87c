package dev.freshet.codec;

import static dev.freshet.codec.Gzip.joined;
import static dev.freshet.codec.Gzip.member;
import static dev.freshet.codec.PodJson.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.freshet.error.MalformedResponseException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class GzipDecoderTest {

  private static final byte[] TEXT = utf8("one member and another ".repeat(20));

  private final GzipDecoder decoder = new GzipDecoder();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterEach
  void close() {
    decoder.close();
  }

  @Test
  void membersFollowOneAnotherAndMayBeSplitAnywhere() {
    byte[] members = joined(member(TEXT), member(new byte[0]), member(utf8("x")), member(TEXT));
    byte[] expected = joined(TEXT, utf8("x"), TEXT);
    for (int size = 1; size <= members.length; size++) {
      var got = new ByteArrayOutputStream();
      try (GzipDecoder one = new GzipDecoder()) {
        Chunks.ofSize(members, size, chunk -> one.push(chunk, into(got)));
        one.end();
      }
      assertThat(got.toByteArray()).isEqualTo(expected);
    }
  }

  @Test
  void everyPartOfAHeaderIsReadOver() {
    for (int flags = 0; flags < 0x20; flags += 2) {
      byte[] members = joined(member(TEXT, flags), member(TEXT, flags | 1));
      for (int size : new int[] {1, 3, members.length}) {
        var got = new ByteArrayOutputStream();
        try (GzipDecoder one = new GzipDecoder()) {
          Chunks.ofSize(members, size, chunk -> one.push(chunk, into(got)));
          one.end();
        }
        assertThat(got.toByteArray()).as("flags " + flags).isEqualTo(joined(TEXT, TEXT));
      }
    }
  }

  @Test
  void aMemberIsHandedOnBeforeTheNextOneComes() {
    decoder.push(ByteBuffer.wrap(member(TEXT)), into(out));
    assertThat(out.toByteArray()).isEqualTo(TEXT);
  }

  @Test
  void anEndInsideAMemberIsATypedError() {
    byte[] members = joined(member(TEXT, 0x1E), member(TEXT, 0x1E));
    for (int length = 0; length < members.length; length++) {
      try (GzipDecoder one = new GzipDecoder()) {
        one.push(ByteBuffer.wrap(members, 0, length), into(out));
        if (length == members.length / 2) {
          one.end();
        } else {
          assertThatThrownBy(one::end).isInstanceOf(MalformedResponseException.class);
        }
      }
    }
  }

  @Test
  void aWrongSumIsATypedErrorThatStays() {
    byte[] bytes = member(TEXT);
    bytes[bytes.length - 8]++;
    Throwable failure = catchThrowable(() -> push(bytes));
    assertThat(failure)
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("checksum");
    assertThatThrownBy(() -> push(member(TEXT))).isSameAs(failure);
    assertThatThrownBy(decoder::end).isSameAs(failure);
  }

  @Test
  void aWrongLengthIsATypedError() {
    byte[] bytes = member(TEXT);
    bytes[bytes.length - 4]++;
    assertThatThrownBy(() -> push(bytes)).hasMessageContaining("long");
  }

  @Test
  void aWrongHeaderSumIsATypedError() {
    byte[] bytes = member(TEXT, Gzip.HEADER_SUM);
    bytes[4]++;
    assertThatThrownBy(() -> push(bytes)).hasMessageContaining("header");
  }

  @Test
  void whatFollowsTheLastMemberMustBeAMember() {
    assertThatThrownBy(() -> push(joined(member(TEXT), utf8("garbage"))))
        .isInstanceOf(MalformedResponseException.class);
    assertThat(out.toByteArray()).isEqualTo(TEXT);
  }

  @Test
  void whatIsNoGzipIsRefused() {
    assertThatThrownBy(() -> push(utf8("{\"items\":[]}")))
        .isInstanceOf(MalformedResponseException.class);
  }

  @Test
  void aHeaderWithoutEndIsBounded() {
    push(new byte[] {0x1F, (byte) 0x8B, 8, Gzip.NAME, 0, 0, 0, 0, 0, 0});
    byte[] name = new byte[GzipHeader.MAX_BYTES];
    Arrays.fill(name, (byte) 'n');
    assertThatThrownBy(() -> push(name)).isInstanceOf(MalformedResponseException.class);
  }

  @Test
  void whatUnfoldsToMuchComesInBoundedPieces() {
    byte[] bomb = member(new byte[64 << 20]);
    assertThat(bomb.length).isLessThan(100_000);
    long[] unfolded = new long[1];
    decoder.push(
        ByteBuffer.wrap(bomb),
        piece -> {
          assertThat(piece.remaining()).isLessThanOrEqualTo(GzipDecoder.PIECE_BYTES);
          unfolded[0] += piece.remaining();
        });
    decoder.end();
    assertThat(unfolded[0]).isEqualTo(64 << 20);
  }

  @Test
  void whoeverTakesThePiecesCanStopThem() {
    byte[] bomb = member(new byte[1 << 20]);
    IllegalStateException enough = new IllegalStateException("enough");
    int[] pieces = new int[1];
    assertThatThrownBy(
            () ->
                decoder.push(
                    ByteBuffer.wrap(bomb),
                    piece -> {
                      pieces[0]++;
                      throw enough;
                    }))
        .isSameAs(enough);
    assertThat(pieces[0]).isEqualTo(1);
  }

  @RepeatedTest(200)
  void damagedGzipIsReadOrRefusedButNeverBreaksTheDecoder(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    byte[] members = joined(member(TEXT, 2 * random.nextInt(16)), member(TEXT));
    members[random.nextInt(members.length)] = (byte) random.nextInt();
    Throwable failure =
        catchThrowable(
            () -> {
              Chunks.ofRandomSizes(members, random, this::push);
              decoder.end();
            });
    if (failure != null) {
      assertThat(failure).isInstanceOf(MalformedResponseException.class);
    }
  }

  private void push(byte[] bytes) {
    push(ByteBuffer.wrap(bytes));
  }

  private void push(ByteBuffer chunk) {
    decoder.push(chunk, into(out));
  }

  private static Consumer<ByteBuffer> into(ByteArrayOutputStream target) {
    return piece -> {
      byte[] bytes = new byte[piece.remaining()];
      piece.get(bytes);
      target.writeBytes(bytes);
    };
  }
}
