package dev.freshet.feed;

import java.util.List;

/**
 * Chooses how to list next: in one answer, streamed after that has failed where the server can, in
 * pages after that has failed too, and then from the front again. For one thread.
 */
final class ListStyles {

  /** Tries of one style before the next: a single failure is mostly the network's. */
  static final int TRIES = 2;

  private List<ListStyle> known = List.of(ListStyle.values());
  private int failures;

  ListStyle next() {
    return known.get(failures / TRIES % known.size());
  }

  /** The server does not know streamed lists; it will not be asked again. */
  void refuseStreamed() {
    known = List.of(ListStyle.WHOLE, ListStyle.PAGED);
    // Pages come next.
    failures = TRIES;
  }

  /** The list was begun and did not come to its end. */
  void failed() {
    failures++;
  }

  /** The list is complete. */
  void worked() {
    failures = 0;
  }
}
