package dev.freshet.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.LimitExceededException;
import dev.freshet.error.MalformedResponseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CursorTest {

  @Test
  void readsEveryTypeOfValue() {
    Cursor cursor =
        cursor(
            WireBytes.message()
                .varint(1, 300)
                .varint(2, -1)
                .varint(3, 1)
                .float64(4, 0.5)
                .text(5, "grün")
                .bytes(6, new byte[] {0, (byte) 0xFF})
                .varint(1 << 28, 7));
    List<Object> values = new ArrayList<>();
    while (cursor.next()) {
      values.add(
          switch (cursor.number()) {
            case 1, 2, 1 << 28 -> cursor.integer();
            case 3 -> cursor.bool();
            case 4 -> cursor.float64();
            case 5 -> cursor.string();
            default -> cursor.bytes();
          });
    }
    assertThat(values)
        .containsExactly(300L, -1L, true, 0.5, "grün", new byte[] {0, (byte) 0xFF}, 7L);
  }

  @Test
  void skipsEveryTypeOfValue() {
    Cursor cursor =
        cursor(
            WireBytes.message()
                .varint(1, -1)
                .float64(2, 1)
                .text(3, "text")
                .tag(4, 5)
                .verbatim(1, 2, 3, 4)
                .varint(5, 9));
    for (int i = 1; i < 5; i++) {
      assertThat(cursor.next()).isTrue();
      cursor.skip();
    }
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.integer()).isEqualTo(9);
    assertThat(cursor.next()).isFalse();
  }

  @Test
  void leavesAMessageWhereverItStands() {
    Cursor cursor =
        cursor(
            WireBytes.message()
                .message(1, WireBytes.message().text(1, "a").text(2, "never looked at"))
                .text(2, "b"));
    cursor.next();
    int outer = cursor.enter();
    cursor.next();
    assertThat(cursor.string()).isEqualTo("a");
    cursor.leave(outer);
    cursor.next();
    assertThat(cursor.string()).isEqualTo("b");
    assertThat(cursor.next()).isFalse();
  }

  @Test
  void aCutAnywhereIsATypedError() {
    byte[] whole =
        WireBytes.message()
            .varint(1, 300)
            .float64(2, 1)
            .text(3, "text")
            .message(4, WireBytes.message().text(1, "a"))
            .tag(5, 5)
            .verbatim(1, 2, 3, 4)
            .toBytes();
    List<Integer> ends = List.of(3, 12, 18, 23);
    for (int length = 1; length < whole.length; length++) {
      Cursor cursor = new Cursor(whole, 0, length);
      if (ends.contains(length)) {
        skipAll(cursor);
      } else {
        assertThatThrownBy(() -> skipAll(cursor)).isInstanceOf(MalformedResponseException.class);
      }
    }
  }

  @Test
  void aNestedLengthBeyondItsMessageIsATypedError() {
    byte[] bytes =
        WireBytes.message()
            .message(1, WireBytes.message().tag(1, 2).raw(5).verbatim('a'))
            .text(2, "enough bytes to read on")
            .toBytes();
    Cursor cursor = new Cursor(bytes);
    cursor.next();
    cursor.enter();
    cursor.next();
    assertThatThrownBy(cursor::string).isInstanceOf(MalformedResponseException.class);
  }

  @Test
  void hostileBytesAreTypedErrors() {
    fails(WireBytes.message().tag(1, 2).raw(Integer.MAX_VALUE), Cursor::skip);
    fails(WireBytes.message().tag(1, 2).raw(-1), Cursor::skip);
    fails(WireBytes.message().tag(1, 2).raw(1L << 32), Cursor::bytes);
    fails(WireBytes.message().tag(1, 3), Cursor::skip);
    fails(WireBytes.message().tag(1, 4), Cursor::skip);
    fails(WireBytes.message().tag(1, 7), Cursor::skip);
    fails(WireBytes.message().tag(0, 0).raw(1), Cursor::skip);
    fails(WireBytes.message().raw(1L << 35).raw(1), Cursor::skip);
    fails(
        WireBytes.message()
            .tag(1, 0)
            .verbatim(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1),
        Cursor::integer);
    fails(WireBytes.message().varint(1, 1), Cursor::string);
    fails(WireBytes.message().text(1, "a"), Cursor::integer);
    fails(WireBytes.message().varint(1, 1), Cursor::enter);
  }

  @Test
  void nestingIsBounded() {
    WireBytes wire = WireBytes.message();
    for (int i = 0; i < Cursor.MAX_NESTING; i++) {
      wire = WireBytes.message().message(1, wire);
    }
    enterAll(new Cursor(wire.toBytes()));
    WireBytes deeper = WireBytes.message().message(1, wire);
    assertThatThrownBy(() -> enterAll(new Cursor(deeper.toBytes())))
        .isInstanceOf(LimitExceededException.class);
  }

  @Test
  void aTextThatIsNotUtf8IsRefusedOrShownAsTheServerWould() {
    byte[] bytes =
        WireBytes.message().bytes(1, new byte[] {'a', (byte) 0xE2, (byte) 0x82, 'b'}).toBytes();
    assertThatThrownBy(() -> first(bytes).string()).isInstanceOf(MalformedResponseException.class);
    assertThat(first(bytes).shownString()).isEqualTo("a\uFFFD\uFFFDb");
  }

  @Test
  void aReplacementCharacterThatWasSentIsAText() {
    byte[] bytes = WireBytes.message().text(1, "a\uFFFD😀").toBytes();
    assertThat(first(bytes).string()).isEqualTo("a\uFFFD😀");
    assertThat(first(bytes).shownString()).isEqualTo("a\uFFFD😀");
  }

  @Test
  void staysInItsRange() {
    byte[] bytes =
        WireBytes.message().text(1, "before").text(2, "within").text(3, "after").toBytes();
    Cursor cursor = new Cursor(bytes, 8, 16);
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.string()).isEqualTo("within");
    assertThat(cursor.next()).isFalse();
  }

  private static Cursor cursor(WireBytes wire) {
    return new Cursor(wire.toBytes());
  }

  private static Cursor first(byte[] bytes) {
    Cursor cursor = new Cursor(bytes);
    cursor.next();
    return cursor;
  }

  private static void skipAll(Cursor cursor) {
    while (cursor.next()) {
      cursor.skip();
    }
  }

  private static void enterAll(Cursor cursor) {
    while (cursor.next()) {
      cursor.enter();
    }
  }

  private static void fails(WireBytes wire, Consumer<Cursor> read) {
    Cursor cursor = cursor(wire);
    assertThatThrownBy(
            () -> {
              cursor.next();
              read.accept(cursor);
            })
        .isInstanceOf(MalformedResponseException.class);
  }
}
