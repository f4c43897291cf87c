package dev.freshet.feed;

/** How a complete list is asked for. */
enum ListStyle {
  /** As the first events of a watch, which then goes on (KEP-3157). Cheapest for the server. */
  STREAMED,
  /** In one answer. */
  WHOLE,
  /** In pages, all at one version. For lists that do not come through in one answer. */
  PAGED
}
