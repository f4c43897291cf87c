package dev.freshet.store;

import dev.freshet.object.ObjectKey;

/**
 * An index that fails for some of the objects held.
 *
 * @param objects how many
 * @param first one of them
 * @param why what went wrong with that one
 */
public record IndexFailure(String index, int objects, ObjectKey first, String why) {

  @Override
  public String toString() {
    return index + " fails for " + objects + " objects, such as " + first + " (" + why + ")";
  }
}
