package dev.freshet;

import java.util.Locale;

/**
 * How a strong read is to be given. Every way gives the same promise; they differ in what they cost
 * and how long they take.
 */
public enum Fence {
  /**
   * In whichever of these ways is cheapest now, by how often the kind changes, how much the query
   * would bring, and what each way has taken lately. {@link Reads#explain} says which and why.
   */
  AUTO,
  /** By a list from the server: costs the whole answer, whatever the cache holds. */
  DIRECT,
  /**
   * From the cache, once a probe has said how far the server is and the next event of the kind has
   * brought the cache there: 1 request of some bytes. For kinds that change all the time.
   */
  PROBE,
  /**
   * From the cache, likewise, with a watch that is opened for its bookmark where no event comes: 2
   * requests, 0.2 to 2.1 s. For kinds that rarely change.
   */
  BOOKMARK,
  /**
   * From the cache, once a write into the cache's {@linkplain CacheDeclaration#touching touched
   * object} has come back as an event: 1 small write, some milliseconds.
   */
  TOUCH;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
