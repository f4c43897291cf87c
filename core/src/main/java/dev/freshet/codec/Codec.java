package dev.freshet.codec;

import dev.freshet.object.Body;
import dev.freshet.object.FieldPath;
import dev.freshet.object.StoredObject;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One wire format. Stateless and thread-safe; the decoders it makes are neither. */
public interface Codec {

  /** A decoder for one list answer; each item goes to the sink as soon as it is complete. */
  ListDecoder list(Consumer<StoredObject> sink);

  /** A decoder for one watch answer; each event goes to the sink as soon as it is complete. */
  WatchDecoder watch(Consumer<WatchEvent> sink);

  /**
   * Reads one field without decoding the object, whatever format that is in.
   *
   * <p>Protobuf gives what the object's JSON would hold, with one addition: it always knows {@code
   * kind} and {@code apiVersion}, which the items of a JSON list lack.
   *
   * @return its text: a string's value, a number or boolean as written, an object or array as JSON;
   *     null if the field is absent or JSON null
   * @throws dev.freshet.error.MalformedResponseException if the bytes around the field are broken
   */
  static @Nullable String field(Body body, FieldPath path) {
    return switch (body.encoding()) {
      case Body.Encoding.Json json -> JsonField.read(body.bytes(), path);
      case Body.Encoding.Protobuf(var kind) ->
          body.show((bytes, length) -> ProtobufField.read(kind, bytes, length, path));
    };
  }

  /**
   * Whether a field is an object or an array, and not one value. Of protobuf the tables know that
   * beforehand ({@link FieldShape}).
   */
  static boolean isStructure(Body body, FieldPath path) {
    return switch (body.encoding()) {
      case Body.Encoding.Json json -> JsonField.isStructure(body.bytes(), path.steps());
      case Body.Encoding.Protobuf protobuf -> false;
    };
  }
}
