package dev.freshet.codec;

import java.util.Arrays;

/**
 * Where parts of an object's metadata are to be left out, so that the copy can do so and say the
 * new length. The result is a message like any other. For one thread.
 */
final class MetadataCut {

  /** The tag of field 1, of a length. */
  private static final byte METADATA_TAG = 1 << 3 | 2;

  private int tag;
  private int start;
  private int end;
  private int leftOut;
  private int[] ranges = new int[2];
  private int rangeEnds;

  /** No metadata so far. */
  void clear() {
    tag = 0;
    start = 0;
    end = 0;
    leftOut = 0;
    rangeEnds = 0;
  }

  /** Where the metadata's tag stands, and the message that follows its length. */
  void metadata(int tagAt, int messageFrom, int messageTo) {
    tag = tagAt;
    start = messageFrom;
    end = messageTo;
  }

  /** Leaves out a field of the metadata; called in the order of the bytes. */
  void leaveOut(int from, int to) {
    leftOut += to - from;
    if (rangeEnds > 0 && ranges[rangeEnds - 1] == from) {
      ranges[rangeEnds - 1] = to;
      return;
    }
    if (rangeEnds == ranges.length) {
      ranges = Arrays.copyOf(ranges, 2 * ranges.length);
    }
    ranges[rangeEnds++] = from;
    ranges[rangeEnds++] = to;
  }

  /** A copy of the object without what is left out. */
  byte[] copy(byte[] bytes, int from, int to) {
    if (leftOut == 0) {
      return Arrays.copyOfRange(bytes, from, to);
    }
    int length = end - start - leftOut;
    int before = tag - from;
    int size = before + 1 + varintLength(length) + length + to - end;
    // What follows the last cut is copied in place at once: a new array would be cleared first.
    byte[] copy = Arrays.copyOfRange(bytes, to - size, to);
    System.arraycopy(bytes, from, copy, 0, before);
    copy[before] = METADATA_TAG;
    int at = putVarint(copy, before + 1, length);
    int kept = start;
    for (int i = 0; i < rangeEnds; i += 2) {
      System.arraycopy(bytes, kept, copy, at, ranges[i] - kept);
      at += ranges[i] - kept;
      kept = ranges[i + 1];
    }
    return copy;
  }

  private static int varintLength(int value) {
    return (Integer.SIZE - Integer.numberOfLeadingZeros(value | 1) + 6) / 7;
  }

  private static int putVarint(byte[] target, int at, int value) {
    int rest = value;
    while (rest > 0x7F) {
      target[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[at++] = (byte) rest;
    return at;
  }
}
