package dev.freshet.testkit.referee;

/**
 * One kind as it lies in etcd.
 *
 * @param prefix of its keys, such as {@code /registry/pods/}
 * @param collection the name by which operations refer to it, such as {@code pods}
 */
public record WatchedPrefix(String prefix, String collection) {
  /** Under which all kinds lie. */
  static final String ROOT = "/registry/";

  public WatchedPrefix {
    if (!prefix.startsWith(ROOT) || !prefix.endsWith("/") || prefix.equals(ROOT)) {
      throw new IllegalArgumentException(
          "\"" + prefix + "\" is not the prefix of a kind, as " + ROOT + "pods/ is.");
    }
  }

  /**
   * A kind named by the last part of its prefix, which is the name of its resource but for a few
   * old kinds (nodes lie under {@code /registry/minions/}): name those with {@link #as}.
   */
  public static WatchedPrefix of(String prefix) {
    String[] parts = prefix.split("/", -1);
    return new WatchedPrefix(prefix, parts.length < 2 ? "" : parts[parts.length - 2]);
  }

  /** The same keys under another name. */
  public WatchedPrefix as(String name) {
    return new WatchedPrefix(prefix, name);
  }
}
