package dev.freshet.bench.contest;

/** What can be measured by itself; {@code --measures} names some. */
enum Part {
  SYNC("first sync, second cache, processor time, bytes received"),
  HEAP("the smallest heap of a JVM, and the resident memory in it"),
  MEMORY("what the cache holds"),
  LISTS("lists from the cache"),
  GETS("gets from the cache, and whole objects"),
  DIRECT("lists from the server"),
  STRONG("strong lists by each route"),
  CROWD("64 strong readers at once"),
  UPDATES("how long updates take to be seen, at 200 a second"),
  RESTART("beginning up to a strong answer, from nothing and from what was saved"),
  EVENTS("recorded events applied in a second"),
  LARGE("ten times as many Pods, from a scripted server");

  private final String what;

  Part(String what) {
    this.what = what;
  }

  /** In words. */
  String what() {
    return what;
  }

  /**
   * Whether it depends on how unlike the Pods are, so that it is measured on every workload; the
   * others are measured on the first alone, or a run would take hours.
   */
  boolean dependsOnVariety() {
    return switch (this) {
      case SYNC, HEAP, MEMORY, LISTS, GETS, EVENTS -> true;
      case DIRECT, STRONG, CROWD, UPDATES, RESTART, LARGE -> false;
    };
  }
}
