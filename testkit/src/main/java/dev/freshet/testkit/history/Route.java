package dev.freshet.testkit.history;

import java.util.Locale;

/** How an answer was found, spelled as Freshet spells it. */
public enum Route {
  CACHED(true),
  PROBE(true),
  BOOKMARK(true),
  TOUCH(true),
  DIRECT(false),
  SNAPSHOT(false),
  EXACT(false);

  private final boolean head;

  Route(boolean head) {
    this.head = head;
  }

  /** Whether the answer is the cache's newest state, so that it must never go back in time. */
  public boolean cacheHead() {
    return head;
  }

  /** The route of this lower-case name. */
  public static Route of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
