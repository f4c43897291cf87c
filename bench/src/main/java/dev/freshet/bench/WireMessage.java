package dev.freshet.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** A protobuf message being written, field by field; of fields with a length only. */
public final class WireMessage {
  private static final int WITH_LENGTH = 2;
  private static final int TYPE_BITS = 3;
  private static final int SEVEN_BITS = 0x7F;
  private static final int MORE = 0x80;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Text, bytes or a message. */
  public WireMessage field(int number, byte[] value) {
    head(number, value.length);
    return verbatim(value);
  }

  /** The same of text. */
  public WireMessage field(int number, String value) {
    return field(number, value.getBytes(UTF_8));
  }

  /** The same of a message. */
  public WireMessage field(int number, WireMessage value) {
    return field(number, value.toBytes());
  }

  /** What stands before a value of so many bytes, which others write. */
  public WireMessage head(int number, long length) {
    varint(((long) number << TYPE_BITS) | WITH_LENGTH);
    varint(length);
    return this;
  }

  /** Bytes that are no field. */
  public WireMessage verbatim(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  private void varint(long value) {
    long rest = value;
    while (rest > SEVEN_BITS) {
      out.write((int) ((rest & SEVEN_BITS) | MORE));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  public byte[] toBytes() {
    return out.toByteArray();
  }
}
