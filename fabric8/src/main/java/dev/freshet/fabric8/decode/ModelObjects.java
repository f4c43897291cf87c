package dev.freshet.fabric8.decode;

import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.Body;
import dev.freshet.protobuf.Cursor;
import dev.freshet.protobuf.JsonForm;
import dev.freshet.protobuf.KnownKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Objects;
import tools.jackson.core.JacksonException;

/**
 * Decodes objects of one class. From protobuf comes exactly what fabric8 makes of the API server's
 * JSON. Thread-safe; each call makes a new object that shares nothing with others.
 */
public final class ModelObjects<T> {

  private static final Plans PLANS = new Plans();

  private final Class<T> type;
  private final boolean planned;
  private final ModelJson.Reader reader;

  public ModelObjects(Class<T> type) {
    this.type = type;
    // A generic object keeps what it reads as JSON trees.
    this.planned = type != GenericKubernetesResource.class && Beans.isPlain(type);
    this.reader = ModelJson.reader(type);
  }

  /**
   * Decodes one object.
   *
   * @throws MalformedResponseException if the bytes do not fit the class
   */
  public T decode(Body body) {
    return switch (body.encoding()) {
      case Body.Encoding.Json json -> fromJson(body.bytes());
      case Body.Encoding.Protobuf(KnownKind kind) ->
          planned ? byPlan(kind, body) : fromJson(JsonForm.of(kind, body.bytes()));
    };
  }

  private T byPlan(KnownKind kind, Body body) {
    BeanPlan plan = PLANS.of(type, kind.message());
    return Objects.requireNonNull(
        body.show((bytes, length) -> type.cast(plan.read(new Cursor(bytes, 0, length)))));
  }

  /** Jackson's message quotes what it read, so it is not passed on. */
  private T fromJson(byte[] json) {
    try {
      return type.cast(reader.readValue(json));
    } catch (JacksonException e) {
      throw new MalformedResponseException(
          "an object does not fit " + type.getName(),
          "Use a model class of the server's version, or read the kind as generic objects.");
    }
  }
}
