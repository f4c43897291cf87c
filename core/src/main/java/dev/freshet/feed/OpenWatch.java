package dev.freshet.feed;

import org.jspecify.annotations.Nullable;

/** The watch that a feed has open, so that others can end it. Thread-safe. */
final class OpenWatch {

  private volatile @Nullable WatchCall call;

  void set(WatchCall opened) {
    call = opened;
  }

  void clear() {
    call = null;
  }

  /** Ends the watch, if one is open. */
  void cut() {
    WatchCall opened = call;
    if (opened != null) {
      opened.cut();
    }
  }
}
