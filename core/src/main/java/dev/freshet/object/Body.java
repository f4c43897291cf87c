package dev.freshet.object;

import dev.freshet.protobuf.KnownKind;

/**
 * An object's bytes as they came, less {@code metadata.managedFields}. The array is shared and must
 * not be changed; code outside this library only ever gets copies.
 *
 * @param encoding how to read the bytes; objects of one answer share it
 */
@SuppressWarnings("ArrayRecordComponent") // identity is fine here: rows are compared by key and RV
public record Body(byte[] bytes, Encoding encoding) {

  /** Wire formats of an object. */
  public sealed interface Encoding {

    /** A JSON object in UTF-8. */
    Encoding JSON = new Json();

    /** See {@link #JSON}. */
    record Json() implements Encoding {}

    /** The message of a kind, without the envelope that it came in. */
    record Protobuf(KnownKind kind) implements Encoding {}
  }

  /** Whether these bytes are an object's metadata without the rest. */
  public boolean isMetadataOnly() {
    return encoding instanceof Encoding.Protobuf(KnownKind kind)
        && kind.kind().equals("PartialObjectMetadata");
  }

  public int length() {
    return bytes.length;
  }
}
