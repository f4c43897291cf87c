package dev.freshet.object;

import dev.freshet.protobuf.KnownKind;
import org.jspecify.annotations.Nullable;

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

  /**
   * Shows the bytes to somebody who keeps none of them; a packed one needs no array of its own for
   * that.
   */
  default <R> @Nullable R show(Viewer<R> viewer) {
    byte[] bytes = bytes();
    return viewer.see(bytes, bytes.length);
  }

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

  /** Reads bytes that are not to be changed, and not to be kept: they are others' afterwards. */
  interface Viewer<R> {
    @Nullable R see(byte[] bytes, int length);
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
