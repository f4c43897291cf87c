package dev.freshet.fence;

import dev.freshet.object.ObjectKey;

/**
 * An object that may be touched: a Pod of ours in its status, or any other object in an annotation.
 *
 * <p>Needed rights: {@code patch} on {@code pods/status} of that name, or {@code patch} on the
 * object of that name.
 *
 * @param object which one; it must lie in what the cache holds
 */
public record Sentinel(ObjectKey object) {

  /** The type of the condition in a Pod's status. */
  public static final String CONDITION = "freshet.dev/fence";

  /** The annotation of any other kind. */
  public static final String ANNOTATION = "freshet.dev/fence";
}
