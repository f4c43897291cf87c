package dev.freshet.codec;

import dev.freshet.object.StoredObject;
import java.util.function.Consumer;

/** Kubernetes protobuf: half the bytes of JSON, for the kinds that the field tables know. */
public final class ProtobufCodec implements Codec {

  /** The codec; it has no state. */
  public static final ProtobufCodec INSTANCE = new ProtobufCodec();

  private ProtobufCodec() {}

  @Override
  public ListDecoder list(Consumer<StoredObject> sink) {
    return new ProtobufListDecoder(sink);
  }

  @Override
  public WatchDecoder watch(Consumer<WatchEvent> sink) {
    return new ProtobufWatchDecoder(sink);
  }
}
