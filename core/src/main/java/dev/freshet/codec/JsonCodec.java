package dev.freshet.codec;

import dev.freshet.object.Body;
import dev.freshet.object.FieldPath;
import dev.freshet.object.StoredObject;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Kubernetes JSON, as every kind of every API server can be asked for it. */
public final class JsonCodec implements Codec {

  /** The codec; it has no state. */
  public static final JsonCodec INSTANCE = new JsonCodec();

  private JsonCodec() {}

  @Override
  public String accept() {
    return "application/json";
  }

  @Override
  public ListDecoder list(Consumer<StoredObject> sink) {
    return new JsonListDecoder(sink);
  }

  @Override
  public WatchDecoder watch(Consumer<WatchEvent> sink) {
    return new JsonWatchDecoder(sink);
  }

  @Override
  public @Nullable String field(Body body, FieldPath path) {
    return switch (body.encoding()) {
      case JSON -> JsonField.read(body.bytes(), path);
    };
  }
}
