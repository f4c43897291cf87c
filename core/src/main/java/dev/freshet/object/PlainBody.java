package dev.freshet.object;

/** The bytes as they came. */
@SuppressWarnings("ArrayRecordComponent") // identity is fine here: rows are compared by key and RV
record PlainBody(byte[] bytes, Encoding encoding) implements Body {

  @Override
  public int heldBytes() {
    return bytes.length;
  }
}
