package dev.freshet;

import dev.freshet.codec.Codec;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.object.Body;
import dev.freshet.object.FieldPath;
import dev.freshet.object.ResourceType;
import dev.freshet.object.StoredObject;
import dev.freshet.store.ValueIndex;
import java.util.Collection;
import java.util.List;

/** Asks a declared index about the objects that a store holds. */
record IndexReader(ResourceType type, CacheIndex index) implements ValueIndex {

  @Override
  public String name() {
    return index.name();
  }

  @Override
  public Collection<String> valuesOf(StoredObject object) {
    return switch (index) {
      case CacheIndex.ByField field -> List.of(value(field, object));
      case CacheIndex.ByFunction(String name, IndexFunction function) ->
          function.valuesOf(new Row<>(object, new RowsOnly(type)));
    };
  }

  /**
   * The value of an object in an index.
   *
   * @throws UnsupportedReadException if it is not one value
   */
  static String value(CacheIndex.ByField index, StoredObject object) {
    FieldPath path = index.path();
    String text = Codec.field(object.body(), path);
    if (text == null) {
      return index.whenAbsent();
    }
    boolean maybeStructure = text.startsWith("{") || text.startsWith("[");
    if (maybeStructure && Codec.isStructure(object.body(), path)) {
      throw new UnsupportedReadException(
          path + " of " + object.key() + " is an object or an array, not one value",
          "Index what is in it, or index by a function.");
    }
    return text;
  }

  /** Decoding each object anew would make a cache as slow as what it replaces. */
  private record RowsOnly(ResourceType type) implements Model<Object> {
    @Override
    public Object decode(Body body) {
      throw new UnsupportedReadException(
          "an index function of " + type + " asked for a whole object",
          "Read single fields with get().");
    }
  }
}
