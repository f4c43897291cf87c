package dev.freshet.codec;

import dev.freshet.object.StoredObject;
import java.util.function.Consumer;

/** Kubernetes JSON, as every kind of every API server can be asked for it. */
public final class JsonCodec implements Codec {

  /** The codec; it has no state. */
  public static final JsonCodec INSTANCE = new JsonCodec();

  private JsonCodec() {}

  @Override
  public ListDecoder list(Consumer<StoredObject> sink) {
    return new JsonListDecoder(sink);
  }

  @Override
  public WatchDecoder watch(Consumer<WatchEvent> sink) {
    return new JsonWatchDecoder(sink);
  }
}
