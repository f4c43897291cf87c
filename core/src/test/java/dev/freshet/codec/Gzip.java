package dev.freshet.codec;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes gzip members, with every part that a header may have. */
public final class Gzip {

  static final int HEADER_SUM = 1 << 1;
  static final int EXTRA = 1 << 2;
  static final int NAME = 1 << 3;
  static final int COMMENT = 1 << 4;

  private Gzip() {}

  public static byte[] member(byte[] content) {
    return member(content, 0);
  }

  public static byte[] member(byte[] content, int flags) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(header(flags));
    out.writeBytes(deflate(content));
    CRC32 sum = new CRC32();
    sum.update(content);
    little(out, sum.getValue(), 4);
    little(out, content.length, 4);
    return out.toByteArray();
  }

  private static byte[] header(int flags) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, (byte) flags, 1, 2, 3, 4, 0, (byte) 0xFF});
    if ((flags & EXTRA) != 0) {
      little(out, 300, 2);
      out.writeBytes(new byte[300]);
    }
    if ((flags & NAME) != 0) {
      out.writeBytes(new byte[] {'n', 'a', 'm', 'e', 0});
    }
    if ((flags & COMMENT) != 0) {
      out.writeBytes(new byte[] {'w', 'h', 'y', 0});
    }
    if ((flags & HEADER_SUM) != 0) {
      CRC32 sum = new CRC32();
      sum.update(out.toByteArray());
      little(out, sum.getValue() & 0xFFFF, 2);
    }
    return out.toByteArray();
  }

  private static byte[] deflate(byte[] content) {
    var out = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setInput(content);
      deflater.finish();
      byte[] piece = new byte[1024];
      while (!deflater.finished()) {
        out.write(piece, 0, deflater.deflate(piece));
      }
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }

  private static void little(ByteArrayOutputStream out, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (8 * i)));
    }
  }

  public static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
