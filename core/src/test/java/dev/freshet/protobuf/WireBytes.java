package dev.freshet.protobuf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes protobuf by hand, sound or not. */
public final class WireBytes {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private WireBytes() {}

  public static WireBytes message() {
    return new WireBytes();
  }

  public WireBytes varint(int number, long value) {
    tag(number, 0);
    return raw(value);
  }

  public WireBytes float64(int number, double value) {
    tag(number, 1);
    long bits = Double.doubleToLongBits(value);
    for (int i = 0; i < Long.BYTES; i++) {
      out.write((int) (bits >>> (8 * i)));
    }
    return this;
  }

  public WireBytes text(int number, String value) {
    return bytes(number, value.getBytes(StandardCharsets.UTF_8));
  }

  public WireBytes bytes(int number, byte[] value) {
    tag(number, 2);
    raw(value.length);
    out.writeBytes(value);
    return this;
  }

  public WireBytes message(int number, WireBytes value) {
    return bytes(number, value.toBytes());
  }

  public WireBytes entry(int number, String key, String value) {
    return message(number, message().text(1, key).text(2, value));
  }

  public WireBytes tag(int number, int wireType) {
    return raw(((long) number << 3) | wireType);
  }

  /** A varint without a tag. */
  public WireBytes raw(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  public WireBytes verbatim(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  public byte[] toBytes() {
    return out.toByteArray();
  }
}
