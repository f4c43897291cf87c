package dev.freshet.saved;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The first bytes of a file: that it is one of ours, and what the rest of it must be like. Written
 * last, when that is known.
 *
 * @param length of the whole file
 * @param checksum CRC-32C of everything behind the head
 */
record FileHead(long length, int checksum) {

  /** Raised with any change of the format, or of what its parts mean: others are not read. */
  static final int VERSION = 1;

  private static final byte[] MAGIC = "freshet\n".getBytes(StandardCharsets.US_ASCII);

  static final int BYTES = MAGIC.length + Integer.BYTES + Long.BYTES + Integer.BYTES;

  private static final int BUFFER_BYTES = 256 << 10;

  void write(SeekableByteChannel file) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(BYTES);
    head.put(MAGIC).putInt(VERSION).putLong(length).putInt(checksum).flip();
    file.position(0);
    while (head.hasRemaining()) {
      file.write(head);
    }
  }

  /**
   * Makes sure that a file is whole, and leaves it at the first byte behind its head.
   *
   * @throws UnusableStateException if it is not, or of another format
   */
  static void verify(SeekableByteChannel file) throws IOException {
    FileHead head = read(file);
    if (head.length != file.size() || head.checksum != sum(file)) {
      throw UnusableStateException.damaged();
    }
    file.position(BYTES);
  }

  private static FileHead read(SeekableByteChannel file) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(BYTES);
    file.position(0);
    while (head.hasRemaining() && file.read(head) >= 0) {}
    head.flip();
    byte[] magic = new byte[MAGIC.length];
    if (head.remaining() < BYTES) {
      throw UnusableStateException.damaged();
    }
    head.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw UnusableStateException.damaged();
    }
    int version = head.getInt();
    if (version != VERSION) {
      throw new UnusableStateException(
          "its format is " + version + ", and this Freshet reads " + VERSION);
    }
    return new FileHead(head.getLong(), head.getInt());
  }

  private static int sum(SeekableByteChannel file) throws IOException {
    CRC32C sum = new CRC32C();
    ByteBuffer piece = ByteBuffer.allocate(BUFFER_BYTES);
    while (file.read(piece) >= 0) {
      sum.update(piece.flip());
      piece.clear();
    }
    return (int) sum.getValue();
  }
}
