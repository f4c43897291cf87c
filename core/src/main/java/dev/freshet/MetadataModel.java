package dev.freshet;

import dev.freshet.object.Body;
import dev.freshet.object.ResourceType;

/**
 * A kind of whose objects no more than metadata was asked for.
 *
 * @param <T> the type of a whole object, which this never makes
 */
record MetadataModel<T>(Model<T> whole) implements Model<T> {

  @Override
  public ResourceType type() {
    return whole.type();
  }

  @Override
  public T decode(Body body) {
    throw new IllegalStateException("rows of metadata refuse this");
  }
}
