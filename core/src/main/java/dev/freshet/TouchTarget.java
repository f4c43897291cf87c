package dev.freshet;

import dev.freshet.error.ConfigurationException;
import dev.freshet.object.ObjectKey;
import java.util.regex.Pattern;

/**
 * What {@link Fence#TOUCH} writes into, and how often at most. A Pod is written in its status and
 * needs {@code patch} on {@code pods/status} of that name; any other object in the annotation
 * {@code freshet.dev/fence}, and needs {@code patch} on the object of that name. {@code freshet
 * fence rbac} prints the rights. Immutable.
 *
 * <p>Whoever watches the kind is told of each touch, webhooks of the kind too: see that they ignore
 * a change of the condition or annotation alone.
 *
 * @param object it must lie in what the cache holds
 * @param made whether it is a Pod that Freshet makes where it is missing, and deletes when it
 *     closes if it has made it. Needs {@code create} and {@code delete} on {@code pods} in addition
 * @param perSecond how often it is touched at most; readers who come meanwhile share
 */
public record TouchTarget(ObjectKey object, boolean made, double perSecond) {

  /** How often an object is touched at most unless said otherwise. */
  public static final double DEFAULT_PER_SECOND = 5;

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

  public TouchTarget {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("a rate must be positive, not " + perSecond);
    }
  }

  /**
   * An object that is there, such as the lock of a leader election.
   *
   * @param namespace empty for a cluster-scoped kind
   */
  public static TouchTarget of(String namespace, String name) {
    return new TouchTarget(new ObjectKey(namespace, name), false, DEFAULT_PER_SECOND);
  }

  /**
   * The Pod that this program runs in, named by {@code POD_NAME} and {@code POD_NAMESPACE} of the
   * environment, which the downward API fills.
   *
   * @throws ConfigurationException if they are not there
   */
  public static TouchTarget ownPod() {
    ObjectKey own = OwnPod.in(System.getenv(), OwnPod.NAMESPACE_FILE);
    return new TouchTarget(own, false, DEFAULT_PER_SECOND);
  }

  /**
   * A Pod that is there for nothing else. Freshet makes it at the first touch, and anew if somebody
   * deletes it; it is never scheduled and runs nowhere. Lists show it like any other Pod. It is
   * labelled {@code app.kubernetes.io/managed-by=freshet}; one that a killed program left behind is
   * used by the next.
   *
   * @throws ConfigurationException if no Pod can have that name
   */
  public static TouchTarget sentinel(String namespace, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ConfigurationException(
          "no Pod can be named " + name, "Use lower-case letters, digits, '-' and '.'.");
    }
    return new TouchTarget(new ObjectKey(namespace, name), true, DEFAULT_PER_SECOND);
  }

  /**
   * The same, touched at most so often.
   *
   * @param most above zero
   */
  public TouchTarget perSecond(double most) {
    return new TouchTarget(object, made, most);
  }
}
