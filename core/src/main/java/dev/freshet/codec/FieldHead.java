package dev.freshet.codec;

/**
 * What stands before the content of a protobuf field that is arriving: its number and how long the
 * content is. For one thread.
 */
final class FieldHead {

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  /** Bytes of a head of one byte of tag and two of length. */
  private static final int SHORT_HEAD = 3;

  private int number;
  private int size;
  private long content;
  private boolean hasLength;

  /** Reads the head at the start of the window; false if it has not all arrived. */
  boolean read(ByteWindow window) {
    if (readShort(window)) {
      return true;
    }
    int tagEnd = window.varintEnd(0);
    if (tagEnd < 0) {
      return false;
    }
    long tag = window.varint(0, tagEnd);
    if (tag >>> Integer.SIZE != 0 || tag >>> 3 == 0) {
      throw Malformed.answer("a field number is out of range", window.place());
    }
    number = (int) (tag >>> 3);
    int wireType = (int) tag & 7;
    hasLength = wireType == LENGTH;
    return switch (wireType) {
      case VARINT, LENGTH -> readVarint(window, tagEnd);
      case FIXED64 -> fixed(tagEnd, Long.BYTES);
      case FIXED32 -> fixed(tagEnd, Integer.BYTES);
      default -> throw Malformed.answer("a field is of wire type " + wireType, window.place());
    };
  }

  /** Nearly every head: a number below 16, and what follows is shorter than 16 KiB. */
  private boolean readShort(ByteWindow window) {
    if (window.available() < SHORT_HEAD) {
      return false;
    }
    byte[] bytes = window.bytes();
    int at = window.from();
    int tag = bytes[at];
    if (tag < 1 << 3 || (tag & 7) != LENGTH || (bytes[at + 1] & bytes[at + 2]) < 0) {
      return false;
    }
    number = tag >>> 3;
    hasLength = true;
    boolean one = bytes[at + 1] >= 0;
    size = one ? 2 : SHORT_HEAD;
    content = one ? bytes[at + 1] : (bytes[at + 1] & 0x7F) | (bytes[at + 2] << 7);
    return true;
  }

  private boolean readVarint(ByteWindow window, int tagEnd) {
    size = window.varintEnd(tagEnd);
    if (size < 0) {
      return false;
    }
    content = hasLength ? window.varint(tagEnd, size) : 0;
    if (content < 0) {
      throw Malformed.answer("a length is negative", window.place());
    }
    return true;
  }

  private boolean fixed(int tagEnd, int bytes) {
    size = tagEnd;
    content = bytes;
    return true;
  }

  int number() {
    return number;
  }

  /** Bytes of the head itself. */
  int size() {
    return size;
  }

  /** Bytes that follow the head; not negative. */
  long content() {
    return content;
  }

  /** Whether the content is a text, bytes or a message. */
  boolean hasLength() {
    return hasLength;
  }
}
