package dev.freshet.fabric8.decode;

import dev.freshet.protobuf.Cursor;
import dev.freshet.protobuf.JsonForm;
import dev.freshet.protobuf.KnownKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import tools.jackson.databind.ObjectReader;

/**
 * Decodes objects of one class from protobuf. The result equals what fabric8 makes of the API
 * server's JSON. Thread-safe; each call makes a new object that shares nothing with others.
 */
public final class ProtobufObjects<T> {

  private static final Plans PLANS = new Plans();

  private final Class<T> type;
  private final boolean direct;
  private final ObjectReader reader;

  public ProtobufObjects(Class<T> type) {
    this.type = type;
    // A generic object keeps what it reads as JSON trees.
    this.direct = Beans.isPlain(type) && type != GenericKubernetesResource.class;
    this.reader = ModelJson.reader(type);
  }

  /**
   * Decodes one object.
   *
   * @param kind what the bytes are
   * @throws dev.freshet.error.MalformedResponseException if they are not
   */
  public T decode(KnownKind kind, byte[] bytes) {
    return direct
        ? type.cast(PLANS.of(type, kind.message()).read(new Cursor(bytes)))
        : reader.readValue(JsonForm.of(kind, bytes));
  }
}
