package dev.freshet;

import dev.freshet.object.Body;
import dev.freshet.object.ResourceType;

/**
 * How one kind becomes an object of a program: its names, and bytes to {@code T}. Thread-safe.
 *
 * @param <T> the type of an object, such as fabric8's {@code Pod}
 */
public interface Model<T> {

  ResourceType type();

  /**
   * Decodes one object. Each call makes a new one, so nobody can change what the cache holds.
   *
   * @param body not to be changed
   */
  T decode(Body body);
}
