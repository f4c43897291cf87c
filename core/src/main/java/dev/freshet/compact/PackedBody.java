package dev.freshet.compact;

import dev.freshet.object.Body;

/** An object's bytes, compressed: {@link #bytes()} makes them anew each time. */
public final class PackedBody implements Body {

  private final Dictionary dictionary;
  private final Encoding encoding;
  private final byte[] packed;
  private final int length;

  /**
   * @param packed by the dictionary; taken over
   * @param length of what was packed
   */
  public PackedBody(Dictionary dictionary, Encoding encoding, byte[] packed, int length) {
    this.dictionary = dictionary;
    this.encoding = encoding;
    this.packed = packed;
    this.length = length;
  }

  @Override
  public Encoding encoding() {
    return encoding;
  }

  @Override
  public byte[] bytes() {
    return dictionary.unpack(packed, length);
  }

  @Override
  public int heldBytes() {
    return packed.length;
  }

  /** What it is packed by. */
  public Dictionary dictionary() {
    return dictionary;
  }

  /** The packed bytes. Not to be changed. */
  public byte[] packed() {
    return packed;
  }

  /** How many bytes it unpacks to. */
  public int length() {
    return length;
  }

  /** Whether it is packed by this very one. */
  public boolean isPackedBy(Dictionary one) {
    return dictionary == one;
  }
}
