package dev.freshet.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a part of the object before was read as, for the next one that has the same bytes there.
 * Objects come by namespace and name, so those of one workload follow each other and can share the
 * part; that of another costs one look at it. For one thread.
 */
final class Repeat<T> {

  /** Longer parts are read anew, so that one object's oddity is not held. */
  private static final int MAX_LENGTH = 4096;

  private byte[] before = new byte[256];
  private int length;
  private @Nullable T value;

  /** What equal bytes were read as just before; null if the bytes before were others. */
  @Nullable T find(byte[] bytes, int from, int to) {
    return Arrays.equals(before, 0, length, bytes, from, to) ? value : null;
  }

  /** Remembers what bytes were read as, for the next object. */
  T keep(byte[] bytes, int from, int to, T read) {
    length = 0;
    value = null;
    if (to - from <= MAX_LENGTH) {
      length = to - from;
      value = read;
      if (length > before.length) {
        before = new byte[MAX_LENGTH];
      }
      System.arraycopy(bytes, from, before, 0, length);
    }
    return read;
  }
}
