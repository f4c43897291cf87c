package dev.freshet.testkit.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/**
 * Compressed pieces of a body, for answers with {@code content-encoding: gzip}. The API server
 * closes a member at each flush of a watch, so a watch is many members, one after the other.
 */
public final class GzipMember {
  private static final int CHECKSUM_FROM_END = 8;

  private GzipMember() {}

  /** One whole member. */
  public static byte[] of(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A member whose checksum is wrong. */
  public static byte[] damaged(String text) {
    byte[] bytes = of(text);
    bytes[bytes.length - CHECKSUM_FROM_END] ^= 1;
    return bytes;
  }
}
