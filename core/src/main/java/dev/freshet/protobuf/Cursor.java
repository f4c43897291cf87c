package dev.freshet.protobuf;

import dev.freshet.error.LimitExceededException;
import dev.freshet.error.MalformedResponseException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Walks over the fields of a protobuf message, in the order of the bytes. It allocates nothing but
 * what is read, and never leaves its range.
 *
 * <pre>{@code
 * while (cursor.next()) {
 *   switch (cursor.number()) {
 *     case 1 -> name = cursor.string();
 *     case 2 -> {
 *       int outer = cursor.enter();
 *       while (cursor.next()) { … }
 *       cursor.leave(outer);
 *     }
 *     default -> cursor.skip();
 *   }
 * }
 * }</pre>
 *
 * <p>Each value is read or skipped once before the next {@link #next()}. Every read fails with a
 * {@link MalformedResponseException} if the value is cut off, longer than what holds it, or of
 * another wire type. Groups are refused: Kubernetes has none. For one thread.
 */
public final class Cursor {

  /** Levels of nesting; each entry of a map is one, and so is its value. */
  public static final int MAX_NESTING = 256;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int at;
  private int limit;
  private int depth;
  private int tag;

  /** A cursor before the first field of a message. The array is only read. */
  public Cursor(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /** A cursor over a part of an array. */
  public Cursor(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    reset(bytes, from, to);
  }

  /** A cursor over a message without fields. */
  static Cursor empty() {
    return new Cursor(new byte[0]);
  }

  /** Starts over with another message. */
  public void reset(byte[] message, int from, int to) {
    if (from < 0 || from > to || to > message.length) {
      throw new IndexOutOfBoundsException(from + " to " + to + " of " + message.length);
    }
    bytes = message;
    at = from;
    limit = to;
    depth = 0;
    tag = 0;
  }

  /** Moves to the next field; false at the end of the message that was entered last. */
  public boolean next() {
    if (at == limit) {
      return false;
    }
    int first = bytes[at];
    if (first >= 1 << 3) {
      at++;
      tag = first;
    } else if (first < 0 && at + 1 < limit && bytes[at + 1] > 0) {
      // Field numbers from 16 on, of which the larger messages have many.
      tag = (first & 0x7F) | (bytes[at + 1] << 7);
      at += 2;
    } else {
      tag = longTag();
    }
    return true;
  }

  private int longTag() {
    long value = rawVarint();
    if (value >>> Integer.SIZE != 0) {
      throw malformed("a field number is out of range");
    }
    if (value >>> 3 == 0) {
      throw malformed("a field has the number 0");
    }
    return (int) value;
  }

  /** The number of the field that {@link #next()} moved to. */
  public int number() {
    return tag >>> 3;
  }

  /** The place right after what was read, counted in the whole array. */
  public int place() {
    return at;
  }

  /** The end of the message that was entered last. */
  public int limit() {
    return limit;
  }

  /** Steps over the value, whatever its wire type is. */
  public void skip() {
    switch (tag & 7) {
      case VARINT -> rawVarint();
      case FIXED64 -> step(Long.BYTES);
      case LENGTH -> {
        // Not "at += rawLength()", which would add to where the length started.
        int length = rawLength();
        at += length;
      }
      case FIXED32 -> step(Integer.BYTES);
      default -> throw malformed("a field is of wire type " + (tag & 7));
    }
  }

  /** An integer; a negative int32 comes sign-extended. */
  public long integer() {
    require(VARINT);
    return rawVarint();
  }

  public boolean bool() {
    return integer() != 0;
  }

  public double float64() {
    require(FIXED64);
    int from = at;
    step(Long.BYTES);
    return Double.longBitsToDouble((long) LONGS.get(bytes, from));
  }

  /**
   * The length of a text, of bytes or of a message, which start at {@link #place()} then. The
   * caller reads them where they are, and goes on with {@link #returnTo}.
   */
  public int length() {
    require(LENGTH);
    return rawLength();
  }

  /**
   * Goes to where a field of the message that was entered last starts or ends, as {@link #place()}
   * once told.
   */
  public void returnTo(int place) {
    if (place < 0 || place > limit) {
      throw new IndexOutOfBoundsException(place + " is not from 0 to " + limit);
    }
    at = place;
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    int length = length();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /** A text, which must be UTF-8. */
  public String string() {
    int length = length();
    at += length;
    return Utf8.strict(bytes, at - length, length);
  }

  /**
   * A text as the API server's JSON would show it: each byte that is no UTF-8 becomes U+FFFD. The
   * server does not check texts that came to it in protobuf.
   */
  public String shownString() {
    int length = length();
    at += length;
    return Utf8.shown(bytes, at - length, length);
  }

  /** Whether the text or bytes are equal to these; steps over them. */
  public boolean isNext(byte[] wanted) {
    int length = length();
    at += length;
    return Arrays.equals(bytes, at - length, at, wanted, 0, wanted.length);
  }

  /**
   * Goes into a message.
   *
   * @return to be given to {@link #leave}
   */
  public int enter() {
    int length = length();
    if (++depth > MAX_NESTING) {
      throw new LimitExceededException(
          "an object has more than " + MAX_NESTING + " levels of nesting",
          "Freshet does not read such objects; select around them.");
    }
    int outer = limit;
    limit = at + length;
    return outer;
  }

  /** Leaves the message that was entered last, wherever in it the cursor stands. */
  public void leave(int outer) {
    at = limit;
    limit = outer;
    depth--;
  }

  private void require(int wireType) {
    if ((tag & 7) != wireType) {
      throw malformed(
          "field " + number() + " is of wire type " + (tag & 7) + " where " + wireType + " is due");
    }
  }

  private void step(int length) {
    if (length > limit - at) {
      throw malformed("a number is cut off");
    }
    at += length;
  }

  /** Not negative, and not beyond the limit. */
  private int rawLength() {
    int first = at < limit ? bytes[at] : -1;
    long length;
    if (first >= 0) {
      at++;
      length = first;
    } else {
      length = rawVarint();
    }
    if (length < 0 || length > limit - at) {
      throw tooLong(length);
    }
    return (int) length;
  }

  private MalformedResponseException tooLong(long length) {
    return malformed("a length of " + length + " where " + (limit - at) + " bytes are left");
  }

  private long rawVarint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at == limit) {
        throw malformed("an integer is cut off");
      }
      byte b = bytes[at++];
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw malformed("an integer is longer than ten bytes");
  }

  private MalformedResponseException malformed(String problem) {
    return MalformedResponseException.at(at, problem);
  }
}
