package dev.freshet.compact;

import dev.freshet.object.Body;
import org.jspecify.annotations.Nullable;

/** An object's bytes, compressed: {@link #bytes()} makes them anew each time. */
public final class PackedBody implements Body {

  private final Packing by;
  private final byte[] packed;
  private final int length;

  /**
   * @param by shared with others, for there is one of this for each object
   * @param packed taken over
   * @param length of what was packed
   */
  public PackedBody(Packing by, byte[] packed, int length) {
    this.by = by;
    this.packed = packed;
    this.length = length;
  }

  @Override
  public Encoding encoding() {
    return by.encoding();
  }

  @Override
  public byte[] bytes() {
    return by.dictionary().unpack(packed, length);
  }

  @Override
  public <R> @Nullable R show(Viewer<R> viewer) {
    return by.dictionary().show(packed, length, viewer);
  }

  @Override
  public int heldBytes() {
    return packed.length;
  }

  /** How it is packed; others share it. */
  public Packing packing() {
    return by;
  }

  /** What it is packed by. */
  public Dictionary dictionary() {
    return by.dictionary();
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
    return by.dictionary() == one;
  }
}
