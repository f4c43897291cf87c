package dev.freshet.protobuf;

import dev.freshet.error.MalformedResponseException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Texts from bytes. Java replaces what is no UTF-8; only a text in which a replacement stands is
 * looked at again, so that a sound one costs no second pass.
 */
public final class Utf8 {

  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /** Fails on bytes that are no UTF-8. */
  public static String strict(byte[] bytes, int from, int length) {
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0 && !isSound(bytes, from, length)) {
      throw MalformedResponseException.at(from, "a text is not UTF-8");
    }
    return text;
  }

  /** Shows U+FFFD for each byte that is no UTF-8, as Go does; Java has fewer of them. */
  public static String shown(byte[] bytes, int from, int length) {
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    return text.indexOf(REPLACEMENT) >= 0 ? byteByByte(bytes, from, length) : text;
  }

  private static boolean isSound(byte[] bytes, int from, int length) {
    CharBuffer out = CharBuffer.allocate(length);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length), out, true);
    return !result.isError();
  }

  private static String byteByByte(byte[] bytes, int from, int length) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes, from, length);
    CharBuffer out = CharBuffer.allocate(length);
    while (decoder.decode(in, out, true).isError()) {
      in.get();
      out.put(REPLACEMENT);
      decoder.reset();
    }
    return out.flip().toString();
  }
}
