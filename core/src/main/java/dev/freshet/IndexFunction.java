package dev.freshet;

import java.util.Collection;

/**
 * What an index finds objects by, where that is no field as it stands.
 *
 * <p>Called once for each version of each object, on the thread that follows the server: it must be
 * quick and must not block. It sees a row; {@link Row#object()} is refused. Whatever it throws, the
 * object is kept and the cache goes on: health reports it, and reads by this index are refused
 * while it fails for any object that the cache holds.
 */
@FunctionalInterface
public interface IndexFunction {

  /** The values under which the object is to be found; may be empty, at most 1,000. */
  Collection<String> valuesOf(Row<?> row);
}
