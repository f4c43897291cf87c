package dev.freshet.fabric8;

import dev.freshet.Model;
import dev.freshet.fabric8.decode.ModelObjects;
import dev.freshet.object.Body;
import dev.freshet.object.ResourceType;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import java.util.function.Consumer;

/** A kind as a fabric8 model class. */
final class Fabric8Model<T extends HasMetadata> implements Model<T> {

  private final ResourceType type;
  private final ModelObjects<T> objects;
  private final Consumer<T> complete;

  private Fabric8Model(ResourceType type, Class<T> kind, Consumer<T> complete) {
    this.type = type;
    this.objects = new ModelObjects<>(kind);
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

  /** Looking a kind's names up costs 4 KB, and a session's reads ask each time. */
  private static final ClassValue<ResourceType> TYPES =
      new ClassValue<>() {
        @Override
        protected ResourceType computeValue(Class<?> kind) {
          return namesOf(kind.asSubclass(HasMetadata.class));
        }
      };

  static ResourceType typeOf(Class<? extends HasMetadata> kind) {
    return TYPES.get(kind);
  }

  private static ResourceType namesOf(Class<? extends HasMetadata> kind) {
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
    T object = objects.decode(body);
    complete.accept(object);
    return object;
  }
}
