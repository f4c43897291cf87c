package dev.freshet.trials.levels;

/** What the clients of a run do. */
enum Clientele {
  /** All levels and fences of Freshet, tokens, sessions, writes: see {@link Client}. */
  LEVELS,
  /**
   * Reads of Freshet's cache and of an informer side by side, and writes: see {@link BothCaches}.
   */
  CACHES
}
