package dev.freshet.testkit.history;

import java.util.Map;

/**
 * One change of one key, as etcd committed it.
 *
 * @param rv its revision; several events may share one
 * @param collection the kind, by the name the referee gave it
 * @param key {@code namespace/name}, or the name alone
 * @param uid of the object; of a deletion, the uid of what was deleted
 * @param deleted whether the key went
 * @param labels the object's labels; empty for a deletion
 * @param tag what the test wrote into the object; empty for a deletion
 * @param content see {@link ContentHash}; {@link Item#UNSEEN} for a deletion
 * @param seenNanos when the referee had read it: it was committed before; {@link #UNSEEN_NANOS}
 *     when unknown
 */
public record EtcdEvent(
    long rv,
    String collection,
    String key,
    String uid,
    boolean deleted,
    Map<String, String> labels,
    String tag,
    long content,
    long seenNanos) {
  /** The time of an event that nobody saw arrive. */
  public static final long UNSEEN_NANOS = Long.MAX_VALUE;

  public EtcdEvent {
    labels = Map.copyOf(labels);
  }

  /** The object after this event, unless it was a deletion. */
  public Item item() {
    return new Item(key, uid, rv, tag, content);
  }
}
