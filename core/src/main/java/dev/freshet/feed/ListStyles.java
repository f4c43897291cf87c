package dev.freshet.feed;

/**
 * Chooses how to list next: streamed where the server can, in one answer after that has failed, in
 * pages after that has failed too, and then from the front again. For one thread.
 */
final class ListStyles {

  /** Tries of one style before the next: a single failure is mostly the network's. */
  static final int TRIES = 2;

  private boolean streams = true;
  private int failures;

  ListStyle next() {
    ListStyle[] styles = ListStyle.values();
    int first = streams ? 0 : 1;
    return styles[first + failures / TRIES % (styles.length - first)];
  }

  /** The server does not know streamed lists; it will not be asked again. */
  void refuseStreamed() {
    streams = false;
    failures = 0;
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
