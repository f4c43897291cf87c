package dev.freshet.codec;

import java.nio.charset.StandardCharsets;

/**
 * Where {@code metadata.managedFields} stands among the kept bytes, so that the copy can leave it
 * out with one of the commas beside it. If it comes twice, or its name is spelt with escapes, it
 * may stay: the object is then larger than need be, and right all the same.
 */
final class ManagedFieldsCut {

  private static final byte[] NAME = "\"managedFields\"".getBytes(StandardCharsets.US_ASCII);
  private static final long NONE = -1;

  private final JsonStream stream;
  private long nameEnd = NONE;
  private long valueEnd = NONE;
  private boolean insideValue;

  ManagedFieldsCut(JsonStream stream) {
    this.stream = stream;
  }

  /** Nothing to cut so far. */
  void clear() {
    nameEnd = NONE;
    valueEnd = NONE;
    insideValue = false;
  }

  /** The stream stands on the name. */
  void nameEnds() {
    if (valueEnd == NONE) {
      nameEnd = stream.place();
    }
  }

  /** The stream stands on the opening token of the value. */
  void valueStarts() {
    insideValue = valueEnd == NONE;
  }

  /** The stream stands on the closing token of some value. */
  void valueEnds() {
    if (insideValue) {
      insideValue = false;
      valueEnd = stream.place();
    }
  }

  /** A copy of the object from its opening to its closing brace. */
  byte[] copyWithout(long from, long to) {
    long nameStart = valueEnd == NONE ? NONE : nameStart(from);
    if (nameStart == NONE) {
      return stream.copy(from, to, to, to);
    }
    long before = nameStart - 1;
    while (isSpace(stream.at(before))) {
      before--;
    }
    if (stream.at(before) == ',') {
      return stream.copy(from, to, before, valueEnd);
    }
    long after = valueEnd;
    while (isSpace(stream.at(after))) {
      after++;
    }
    // First among the members: the comma that follows goes, or there is none at all.
    return stream.copy(from, to, nameStart, stream.at(after) == ',' ? after + 1 : valueEnd);
  }

  /** The parser may stand a little after the name: walks back to its opening quote. */
  private long nameStart(long from) {
    long end = nameEnd;
    while (end > from && stream.at(end - 1) != '"') {
      end--;
    }
    long start = end - NAME.length;
    if (start <= from) {
      return NONE;
    }
    for (int i = 0; i < NAME.length; i++) {
      if (stream.at(start + i) != NAME[i]) {
        return NONE;
      }
    }
    return start;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
