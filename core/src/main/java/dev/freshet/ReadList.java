package dev.freshet;

import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Supplier;

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
  private final Supplier<Token> token;

  ReadList(
      List<StoredObject> stored, Model<T> model, Provenance provenance, Supplier<Token> token) {
    this.stored = stored;
    this.model = model;
    this.provenance = provenance;
    this.token = token;
  }

  public Provenance provenance() {
    return provenance;
  }

  /** The version of the collection at which this is its state. */
  public ResourceVersion resourceVersion() {
    return provenance.asOf();
  }

  /**
   * What this answer has shown, to hand on: reads {@code atLeast} it see all of it, and reads
   * {@code exactly} it see just that. The first token of a cluster costs one request, since it
   * names the cluster.
   *
   * @throws dev.freshet.error.FreshetException if the cluster cannot be asked who it is
   */
  public Token token() {
    return token.get();
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
