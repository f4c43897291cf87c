package dev.freshet;

import dev.freshet.codec.Codec;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.object.FieldPath;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.Owner;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import java.util.Optional;

/**
 * One object of an answer. What stands in its row costs nothing; one field costs a walk through the
 * object's bytes; the whole object costs its decoding, each time. Immutable and thread-safe.
 */
public final class Row<T> {

  private final StoredObject stored;
  private final Model<T> model;

  Row(StoredObject stored, Model<T> model) {
    this.stored = stored;
    this.model = model;
  }

  /** Its kind. */
  public ResourceType type() {
    return model.type();
  }

  public ObjectKey key() {
    return stored.key();
  }

  public String namespace() {
    return stored.key().namespace();
  }

  public String name() {
    return stored.key().name();
  }

  public String uid() {
    return stored.uid();
  }

  public ResourceVersion resourceVersion() {
    return stored.resourceVersion();
  }

  public Labels labels() {
    return stored.labels();
  }

  /** The owner that controls it, if any. */
  public Optional<Owner> controller() {
    return Optional.ofNullable(stored.owner());
  }

  /**
   * One field as text: a string's value, a number or boolean as written, an object or array as
   * JSON.
   *
   * @return empty if the field is absent or null
   */
  public Optional<String> get(FieldPath path) {
    if (!path.isOfMetadata()) {
      requireWhole(stored, model, "field " + path);
    }
    return Optional.ofNullable(Codec.field(stored.body(), path));
  }

  /** The same, by the text of a path such as {@code status.phase}. */
  public Optional<String> get(String path) {
    return get(FieldPath.of(path));
  }

  /** The whole object, decoded anew. It lacks {@code managedFields}. */
  public T object() {
    return decode(stored, model);
  }

  static <T> T decode(StoredObject stored, Model<T> model) {
    requireWhole(stored, model, "whole objects");
    return model.decode(stored.body());
  }

  /** What a cache does not hold, or was not asked for, is never answered as absent. */
  private static void requireWhole(StoredObject stored, Model<?> model, String asked) {
    if (model instanceof MetadataModel) {
      throw new UnsupportedReadException(
          "this is a read of metadata only, not of " + asked, "Read without ofMetadata().");
    }
    if (stored.body().isMetadataOnly()) {
      throw new UnsupportedReadException(
          "the cache holds metadata only, not " + asked,
          "Declare a cache of whole objects, or read with strong().");
    }
  }

  @Override
  public String toString() {
    return model.type() + " " + key() + " at " + resourceVersion();
  }
}
