package dev.freshet.testkit.history;

import java.util.List;

/**
 * One stream of changes as somebody received it: a watch, or the events of a handler.
 *
 * @param query what was watched
 * @param fromRv the version from which on it tells changes
 * @param listed whether {@code initial} is the state at {@code fromRv}; a watch that was resumed
 *     tells none
 * @param initial the state it began with
 * @param conflating whether it may skip states of one object, as a handler's queue does when it
 *     overflows; then only the order within an object, the states themselves and the last of them
 *     are judged
 * @param deliveries what came, in the order in which it came
 */
public record Watched(
    long id,
    Caller caller,
    Query query,
    long fromRv,
    boolean listed,
    List<Item> initial,
    boolean conflating,
    List<Delivery> deliveries,
    long invokedNanos,
    long returnedNanos)
    implements Operation {
  public Watched {
    initial = List.copyOf(initial);
    deliveries = List.copyOf(deliveries);
  }

  /** What a delivery tells. */
  public enum Kind {
    ADDED,
    MODIFIED,
    DELETED,
    /** Everything up to its version has been told. Has neither key, uid nor tag. */
    BOOKMARK
  }

  /**
   * One change or bookmark.
   *
   * @param rv its version; of a deletion, that of the change which removed the object from the
   *     query, or {@link Answer#UNKNOWN} when a list, not an event, told of it
   * @param tag see {@link Item}; not judged for a deletion
   */
  public record Delivery(Kind kind, String key, String uid, long rv, String tag) {
    /** A bookmark. */
    public static Delivery bookmark(long rv) {
      return new Delivery(Kind.BOOKMARK, "", "", rv, "");
    }
  }
}
