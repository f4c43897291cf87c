package dev.freshet.fabric8;

import dev.freshet.Model;
import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.Body;
import dev.freshet.object.ResourceType;
import dev.freshet.protobuf.JsonForm;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.util.function.Consumer;

/** A kind as a fabric8 model class, decoded by fabric8's own serialization. */
final class Fabric8Model<T extends HasMetadata> implements Model<T> {

  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  private final ResourceType type;
  private final Class<T> kind;
  private final Consumer<T> complete;

  private Fabric8Model(ResourceType type, Class<T> kind, Consumer<T> complete) {
    this.type = type;
    this.kind = kind;
    this.complete = complete;
  }

  /**
   * A kind by its class.
   *
   * @throws IllegalArgumentException if the class does not say which kind it is
   */
  static <T extends HasMetadata> Fabric8Model<T> of(Class<T> kind) {
    return new Fabric8Model<>(typeOf(kind), kind, object -> {});
  }

  /** Any kind by its names. */
  static Fabric8Model<GenericKubernetesResource> generic(ResourceType type) {
    // Items of built-in lists carry neither apiVersion nor kind.
    return new Fabric8Model<>(
        type,
        GenericKubernetesResource.class,
        object -> {
          if (object.getKind() == null) {
            object.setKind(type.kind());
          }
          if (object.getApiVersion() == null) {
            object.setApiVersion(type.apiVersion());
          }
        });
  }

  static ResourceType typeOf(Class<? extends HasMetadata> kind) {
    String version = HasMetadata.getVersion(kind);
    if (version == null || kind == GenericKubernetesResource.class) {
      throw new IllegalArgumentException(
          kind.getName()
              + " does not say which kind it is: annotate it with @Group and @Version, or name the"
              + " kind by a ResourceType");
    }
    String group = HasMetadata.getGroup(kind);
    return new ResourceType(
        group == null ? "" : group,
        version,
        HasMetadata.getPlural(kind),
        HasMetadata.getKind(kind),
        Namespaced.class.isAssignableFrom(kind));
  }

  @Override
  public ResourceType type() {
    return type;
  }

  @Override
  public T decode(Body body) {
    T object;
    try {
      object = SERIALIZATION.unmarshal(new ByteArrayInputStream(json(body)), kind);
    } catch (KubernetesClientException e) {
      throw new MalformedResponseException(
          "an object of " + type + " does not fit " + kind.getName(),
          "Use a model class of the server's version, or read the kind as generic objects.",
          e);
    }
    complete.accept(object);
    return object;
  }

  private static byte[] json(Body body) {
    return switch (body.encoding()) {
      case Body.Encoding.Json json -> body.bytes();
      case Body.Encoding.Protobuf(var known) -> JsonForm.of(known, body.bytes());
    };
  }
}
