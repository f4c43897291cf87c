package dev.freshet.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Steps over the parts of a well-formed JSON text. A piece of {@link JsonField}; checks nothing: a
 * malformed text gives a wrong place or an {@link IndexOutOfBoundsException}, never an endless
 * loop.
 */
final class JsonBytes {

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  private JsonBytes() {}

  /** The first place at or after {@code at} that is not whitespace. */
  static int skipSpace(byte[] json, int at) {
    while (json[at] <= ' ' && json[at] >= 0) {
      at++;
    }
    return at;
  }

  /** The place after the closing quote of the string whose opening quote is at {@code at}. */
  static int skipString(byte[] json, int at) {
    at = quoteOrBackslash(json, at + 1);
    while (json[at] == '\\') {
      at = quoteOrBackslash(json, at + 2);
    }
    return at + 1;
  }

  /** The place after the value that starts at {@code at}. */
  static int skipValue(byte[] json, int at) {
    return switch (json[at]) {
      case '"' -> skipString(json, at);
      case '{', '[' -> skipNested(json, at);
      default -> skipLiteral(json, at);
    };
  }

  /**
   * Strings make up most of an object. Eight bytes at a time: a byte equals the wanted one where
   * the difference is zero, and subtracting one from a zero byte borrows into its high bit.
   */
  private static int quoteOrBackslash(byte[] json, int at) {
    while (at + Long.BYTES <= json.length) {
      long eight = (long) EIGHT.get(json, at);
      long quotes = eight ^ QUOTES;
      long backslashes = eight ^ BACKSLASHES;
      long hits = (((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes)) & HIGH_BITS;
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
      at += Long.BYTES;
    }
    while (json[at] != '"' && json[at] != '\\') {
      at++;
    }
    return at;
  }

  /**
   * Objects and arrays alike: their opening and closing bytes differ from each other in one bit.
   */
  private static int skipNested(byte[] json, int at) {
    int depth = 0;
    do {
      int b = json[at];
      if (b == '"') {
        at = skipString(json, at);
      } else {
        int folded = b | 0x20;
        if (folded == '{') {
          depth++;
        } else if (folded == '}') {
          depth--;
        }
        at++;
      }
    } while (depth > 0);
    return at;
  }

  private static int skipLiteral(byte[] json, int at) {
    while (at < json.length) {
      byte b = json[at];
      if (b == ',' || b == '}' || b == ']' || b <= ' ') {
        return at;
      }
      at++;
    }
    return at;
  }
}
