package dev.freshet.codec;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** The header of one gzip member, taken byte by byte (RFC 1952, section 2.3). For one thread. */
final class GzipHeader {

  /** Bytes of a header: the extra field may have 65,535, and some are left for names. */
  static final int MAX_BYTES = 128 << 10;

  private static final int FIXED_BYTES = 10;
  private static final int FLAGS_AT = 3;
  private static final int DEFLATE = 8;

  private static final int HAS_SUM = 1 << 1;
  private static final int HAS_EXTRA = 1 << 2;
  private static final int HAS_NAME = 1 << 3;
  private static final int HAS_COMMENT = 1 << 4;
  private static final int RESERVED = 0xE0;

  private enum Part {
    FIXED,
    EXTRA_LENGTH,
    EXTRA,
    NAME,
    COMMENT,
    SUM,
    DONE
  }

  private final CRC32 sum = new CRC32();
  private Part part = Part.FIXED;
  private int flags;
  private int taken;

  /** Bytes taken of the current part, and what a number in it comes to. */
  private int inPart;

  private int number;
  private int expectedSum;

  /** Makes ready for the next member. */
  void reset() {
    sum.reset();
    part = Part.FIXED;
    flags = 0;
    taken = 0;
    inPart = 0;
    number = 0;
  }

  boolean hasStarted() {
    return taken > 0;
  }

  /** Takes bytes up to the end of the header; true if that was reached. */
  boolean take(ByteBuffer chunk) {
    while (part != Part.DONE && chunk.hasRemaining()) {
      int b = chunk.get() & 0xFF;
      if (++taken > MAX_BYTES) {
        throw GzipDecoder.malformed("the header of the answer's compression is too long");
      }
      int before = (int) sum.getValue();
      sum.update(b);
      takeByte(b, before);
    }
    return part == Part.DONE;
  }

  private void takeByte(int b, int sumBefore) {
    inPart++;
    switch (part) {
      case FIXED -> takeFixed(b);
      case EXTRA_LENGTH -> {
        if (takeNumber(b)) {
          goTo(number == 0 ? Part.NAME : Part.EXTRA);
        }
      }
      case EXTRA -> {
        if (inPart == number) {
          goTo(Part.NAME);
        }
      }
      case NAME, COMMENT -> {
        if (b == 0) {
          goTo(part == Part.NAME ? Part.COMMENT : Part.SUM);
        }
      }
      case SUM -> {
        if (inPart == 1) {
          expectedSum = sumBefore & 0xFFFF;
        }
        if (takeNumber(b)) {
          if (number != expectedSum) {
            throw GzipDecoder.malformed("the header of the answer's compression is damaged");
          }
          goTo(Part.DONE);
        }
      }
      case DONE -> throw new AssertionError("take() stops there");
    }
  }

  private void takeFixed(int b) {
    boolean sound =
        switch (inPart - 1) {
          case 0 -> b == 0x1F;
          case 1 -> b == 0x8B;
          case 2 -> b == DEFLATE;
          case FLAGS_AT -> (b & RESERVED) == 0;
          default -> true;
        };
    if (!sound) {
      throw GzipDecoder.malformed("the answer is not the gzip that its header promises");
    }
    if (inPart - 1 == FLAGS_AT) {
      flags = b;
    }
    if (inPart == FIXED_BYTES) {
      goTo(Part.EXTRA_LENGTH);
    }
  }

  /** Two bytes, the low one first. */
  private boolean takeNumber(int b) {
    number |= b << (Byte.SIZE * (inPart - 1));
    return inPart == 2;
  }

  /** Goes to a part, or past those that the flags do not announce. */
  private void goTo(Part next) {
    int extraLength = number;
    inPart = 0;
    number = next == Part.EXTRA ? extraLength : 0;
    part =
        switch (next) {
          case EXTRA_LENGTH -> isAnnounced(HAS_EXTRA) ? next : skipTo(Part.NAME);
          case NAME -> isAnnounced(HAS_NAME) ? next : skipTo(Part.COMMENT);
          case COMMENT -> isAnnounced(HAS_COMMENT) ? next : skipTo(Part.SUM);
          case SUM -> isAnnounced(HAS_SUM) ? next : Part.DONE;
          case FIXED, EXTRA, DONE -> next;
        };
  }

  private Part skipTo(Part next) {
    goTo(next);
    return part;
  }

  private boolean isAnnounced(int flag) {
    return (flags & flag) != 0;
  }
}
