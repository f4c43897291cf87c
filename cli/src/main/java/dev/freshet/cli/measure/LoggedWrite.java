package dev.freshet.cli.measure;

import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;

/**
 * A write that the API server has acknowledged.
 *
 * @param version the version at which it happened, from the answer
 * @param after what became of the object for the query
 * @param matchedBefore whether the query surely saw the object before
 * @param sentNanos when it was about to be sent, by {@link System#nanoTime}
 * @param acknowledgedNanos when its answer was there, by the same
 */
public record LoggedWrite(
    ObjectKey key,
    ResourceVersion version,
    After after,
    boolean matchedBefore,
    long sentNanos,
    long acknowledgedNanos) {

  /** What the query sees of an object after a write. */
  public enum After {
    /** It is there and matches. */
    MATCHES,
    /** It is there and does not match. */
    DOES_NOT_MATCH,
    /** It is deleted. */
    GONE
  }

  /** Whether the query's answer surely changed. */
  boolean matters() {
    return after == After.MATCHES || matchedBefore;
  }
}
