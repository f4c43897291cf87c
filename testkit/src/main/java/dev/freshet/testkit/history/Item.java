package dev.freshet.testkit.history;

/**
 * One object as a read returned it, or as etcd holds it.
 *
 * @param key {@code namespace/name}, or the name alone for a cluster-wide kind
 * @param uid its uid
 * @param rv its own resourceVersion
 * @param tag what the test wrote into it, unique to the last write; empty when it has none
 * @param content a hash of all its fields, see {@link ContentHash}; {@value #UNSEEN} when nobody
 *     looked
 */
public record Item(String key, String uid, long rv, String tag, long content) {
  /** The content hash of an object at whose content nobody looked. */
  public static final long UNSEEN = 0;

  /** An object at whose content nobody looked. */
  public static Item of(String key, String uid, long rv, String tag) {
    return new Item(key, uid, rv, tag, UNSEEN);
  }
}
