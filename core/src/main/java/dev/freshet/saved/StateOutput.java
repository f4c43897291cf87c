package dev.freshet.saved;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Numbers, texts and bytes on their way to a file, with a checksum of all. For one thread. */
final class StateOutput {

  private static final int BUFFER_BYTES = 64 << 10;

  /** A number takes seven of its bits to a byte. */
  private static final int MOST_NUMBER_BYTES = 10;

  private final WritableByteChannel file;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private final CRC32C sum = new CRC32C();
  private final long mostBytes;
  private long written;

  /**
   * @param mostBytes that are written
   */
  StateOutput(WritableByteChannel file, long mostBytes) {
    this.file = file;
    this.mostBytes = mostBytes;
  }

  /** Zero or more; small ones are short. */
  void number(long value) throws IOException {
    if (buffer.remaining() < MOST_NUMBER_BYTES) {
      flush();
    }
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    buffer.put((byte) rest);
  }

  /** Whether something follows that may be there or not. */
  void isThere(boolean there) throws IOException {
    number(there ? 1 : 0);
  }

  void text(String text) throws IOException {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  void bytes(byte[] bytes) throws IOException {
    number(bytes.length);
    int at = 0;
    while (at < bytes.length) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int some = Math.min(buffer.remaining(), bytes.length - at);
      buffer.put(bytes, at, some);
      at += some;
    }
  }

  /** Writes what is left, and gives the checksum of all. */
  int end() throws IOException {
    flush();
    return (int) sum.getValue();
  }

  private void flush() throws IOException {
    buffer.flip();
    written += buffer.remaining();
    if (written > mostBytes) {
      throw new IOException("it would come to more than " + mostBytes + " bytes");
    }
    sum.update(buffer.duplicate());
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
    buffer.clear();
  }
}
