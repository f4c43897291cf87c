package dev.freshet.codec;

import dev.freshet.object.Body;
import dev.freshet.object.FieldPath;
import dev.freshet.object.StoredObject;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One wire format. Stateless and thread-safe; the decoders it makes are neither. */
public interface Codec {

  /** The codec of an encoding. */
  static Codec of(Body.Encoding encoding) {
    return switch (encoding) {
      case JSON -> JsonCodec.INSTANCE;
    };
  }

  /** The Accept header that asks for this format. */
  String accept();

  /** A decoder for one list answer; each item goes to the sink as soon as it is complete. */
  ListDecoder list(Consumer<StoredObject> sink);

  /** A decoder for one watch answer; each event goes to the sink as soon as it is complete. */
  WatchDecoder watch(Consumer<WatchEvent> sink);

  /**
   * Reads one field without decoding the object.
   *
   * @return its text: a string's value, a number or boolean as written, an object or array as JSON;
   *     null if the field is absent or JSON null
   */
  @Nullable String field(Body body, FieldPath path);
}
