package dev.freshet.codec;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The part of an answer that has arrived and is not yet dealt with. Grows with what arrives, never
 * with what is announced, so a false length costs nothing. After a failure every call throws that
 * failure again. For one thread.
 */
final class ByteWindow {

  /** Bytes taken in at once: bounds how far past a limit memory can grow. */
  private static final int STEP = 64 << 10;

  /** A buffer that had to grow beyond this is given up once so much is no longer needed. */
  private static final int USUAL_CAPACITY = 4 * STEP;

  private static final int MAX_VARINT_BYTES = 10;

  private byte[] buffer = new byte[0];
  private int start;
  private int end;

  /** The place of {@code buffer[0]} in the answer. */
  private long base;

  private @Nullable RuntimeException failure;

  /** Takes in a chunk, step by step, and lets {@code drain} deal with each. */
  void push(ByteBuffer chunk, Runnable drain) {
    rethrow();
    try {
      while (chunk.hasRemaining()) {
        int length = Math.min(STEP, chunk.remaining());
        makeRoom(length);
        chunk.get(buffer, end, length);
        end += length;
        drain.run();
      }
    } catch (RuntimeException e) {
      throw fail(e);
    }
  }

  void rethrow() {
    if (failure != null) {
      throw failure;
    }
  }

  /** Makes a failure the last word of this answer. */
  RuntimeException fail(RuntimeException cause) {
    failure = cause;
    buffer = new byte[0];
    start = 0;
    end = 0;
    return cause;
  }

  byte[] bytes() {
    return buffer;
  }

  /** Where the first byte stands in {@link #bytes()}. */
  int from() {
    return start;
  }

  int available() {
    return end - start;
  }

  /** The place of the first byte in the answer. */
  long place() {
    return base + start;
  }

  /** The place in the answer of the first byte of {@link #bytes()}. */
  long base() {
    return base;
  }

  void drop(int length) {
    start += length;
  }

  /** Where the varint ends that starts so many bytes ahead; negative if it has not all arrived. */
  int varintEnd(int ahead) {
    for (int i = ahead; i < available(); i++) {
      if (buffer[start + i] >= 0) {
        return i + 1;
      }
      if (i == ahead + MAX_VARINT_BYTES - 1) {
        throw Malformed.answer("an integer is longer than ten bytes", place());
      }
    }
    return -1;
  }

  /** The varint between two places, counted in bytes ahead. */
  long varint(int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      value |= (long) (buffer[start + i] & 0x7F) << (7 * (i - from));
    }
    return value;
  }

  private void makeRoom(int length) {
    int kept = end - start;
    int needed = kept + length;
    byte[] target = buffer;
    if (needed > buffer.length) {
      target = new byte[Math.max(needed, kept == 0 ? needed : 2 * buffer.length)];
    } else if (buffer.length > USUAL_CAPACITY && needed <= STEP) {
      target = new byte[STEP];
    } else if (end + length <= buffer.length) {
      return;
    }
    System.arraycopy(buffer, start, target, 0, kept);
    base += start;
    buffer = target;
    start = 0;
    end = kept;
  }
}
