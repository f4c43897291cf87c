package dev.freshet;

import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * The answer to a list: all its objects at one version, in the API server's list order.
 *
 * <p>As a {@code List} it is lazy and immutable: {@link #get} decodes the object at each call. Who
 * needs only names, labels or single fields takes {@link #rows()}, which decodes nothing.
 */
public final class ReadList<T> extends AbstractList<T> implements RandomAccess {

  private final List<StoredObject> stored;
  private final Model<T> model;
  private final Provenance provenance;

  ReadList(List<StoredObject> stored, Model<T> model, Provenance provenance) {
    this.stored = stored;
    this.model = model;
    this.provenance = provenance;
  }

  public Provenance provenance() {
    return provenance;
  }

  /** The version of the collection at which this is its state. */
  public ResourceVersion resourceVersion() {
    return provenance.asOf();
  }

  /** The rows in the same order; a lazy view. */
  public List<Row<T>> rows() {
    return new Rows<>(stored, model);
  }

  @Override
  public T get(int index) {
    return Row.decode(stored.get(index), model);
  }

  @Override
  public int size() {
    return stored.size();
  }

  private static final class Rows<T> extends AbstractList<Row<T>> implements RandomAccess {
    private final List<StoredObject> stored;
    private final Model<T> model;

    Rows(List<StoredObject> stored, Model<T> model) {
      this.stored = stored;
      this.model = model;
    }

    @Override
    public Row<T> get(int index) {
      return new Row<>(stored.get(index), model);
    }

    @Override
    public int size() {
      return stored.size();
    }
  }
}
