package dev.freshet.feed;

/** How a complete list is asked for. */
enum ListStyle {
  /** In one answer. Cheapest for the server, and first complete. */
  WHOLE,
  /**
   * As the first events of a watch, which then goes on (KEP-3157). For lists that take the server
   * longer than it gives any answer but a watch.
   */
  STREAMED,
  /** In pages, all at one version. For lists that do not come through in one answer. */
  PAGED
}
