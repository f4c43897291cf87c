package dev.freshet.object;

import dev.freshet.protobuf.KnownKind;

/**
 * An object's bytes as they came, less {@code metadata.managedFields}. Immutable and thread-safe.
 */
public interface Body {

  /** How to read {@link #bytes()}; objects of one answer share it. */
  Encoding encoding();

  /**
   * The bytes, perhaps shared: not to be changed. Code outside this library only ever gets copies.
   * Free for one that is held as it came; some microseconds and an array for a packed one.
   */
  byte[] bytes();

  /** How many bytes it holds by itself; fewer than its {@link #bytes()} if it is packed. */
  int heldBytes();

  /**
   * One that holds its bytes as they are.
   *
   * @param bytes taken over
   */
  static Body of(byte[] bytes, Encoding encoding) {
    return new PlainBody(bytes, encoding);
  }

  /** Whether these bytes are an object's metadata without the rest. */
  default boolean isMetadataOnly() {
    return encoding() instanceof Encoding.Protobuf(KnownKind kind)
        && kind.kind().equals("PartialObjectMetadata");
  }

  /** Wire formats of an object. */
  sealed interface Encoding {

    /** A JSON object in UTF-8. */
    Encoding JSON = new Json();

    /** See {@link #JSON}. */
    record Json() implements Encoding {}

    /** The message of a kind, without the envelope that it came in. */
    record Protobuf(KnownKind kind) implements Encoding {}
  }
}
