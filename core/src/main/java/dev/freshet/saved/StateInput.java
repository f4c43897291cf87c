package dev.freshet.saved;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What {@link StateOutput} wrote, read piece by piece: nothing is made room for that the file is
 * not long enough to hold. For one thread.
 */
final class StateInput {

  private static final int BUFFER_BYTES = 256 << 10;
  private static final int MOST_NUMBER_BYTES = 10;

  private final SeekableByteChannel file;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  /** Bytes of the file that are not in the buffer yet. */
  private long unread;

  private int at;
  private int end;

  /** Reads on from where the file is. */
  StateInput(SeekableByteChannel file) throws IOException {
    this.file = file;
    this.unread = file.size() - file.position();
  }

  long number() throws IOException {
    fill(MOST_NUMBER_BYTES);
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at == end) {
        throw UnusableStateException.damaged();
      }
      byte next = buffer[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw UnusableStateException.damaged();
  }

  /** One that {@code int} can hold. */
  int small() throws IOException {
    long number = number();
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw UnusableStateException.damaged();
    }
    return (int) number;
  }

  /** Whether there is something that may be there or not. */
  boolean isThere() throws IOException {
    return small() != 0;
  }

  /** How many follow of what takes so many bytes each at least. */
  int count(int bytesEach) throws IOException {
    int count = small();
    if ((long) count * bytesEach > end - at + unread) {
      throw UnusableStateException.damaged();
    }
    return count;
  }

  String text() throws IOException {
    int length = count(1);
    if (length > buffer.length) {
      return new String(bytes(length), StandardCharsets.UTF_8);
    }
    fill(length);
    String text = new String(buffer, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  byte[] bytes() throws IOException {
    return bytes(count(1));
  }

  private byte[] bytes(int length) throws IOException {
    if (length <= end - at) {
      at += length;
      return Arrays.copyOfRange(buffer, at - length, at);
    }
    byte[] bytes = new byte[length];
    int have = end - at;
    System.arraycopy(buffer, at, bytes, 0, have);
    at = end;
    readInto(ByteBuffer.wrap(bytes, have, length - have), length - have);
    return bytes;
  }

  /** Whether everything has been read. */
  boolean isAtEnd() {
    return at == end && unread == 0;
  }

  /** Sees to it that so many bytes are in the buffer, or all that there are. */
  private void fill(int wanted) throws IOException {
    if (end - at >= wanted || unread == 0) {
      return;
    }
    System.arraycopy(buffer, at, buffer, 0, end - at);
    end -= at;
    at = 0;
    int more = (int) Math.min(buffer.length - end, unread);
    readInto(ByteBuffer.wrap(buffer, end, more), more);
    end += more;
  }

  private void readInto(ByteBuffer target, int length) throws IOException {
    while (target.hasRemaining()) {
      if (file.read(target) < 0) {
        throw UnusableStateException.damaged();
      }
    }
    unread -= length;
  }
}
