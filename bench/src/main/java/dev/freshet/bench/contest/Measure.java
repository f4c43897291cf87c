package dev.freshet.bench.contest;

/**
 * One value of one contender in one round.
 *
 * @param name what was measured
 * @param unit {@code ms}, {@code B} or {@code /s}
 */
record Measure(String name, double value, String unit) {
  static final String MILLIS = "ms";
  static final String BYTES = "B";

  static final String FIRST_SYNC = "first sync";
  static final String SECOND_CACHE = "second cache";
  static final String CLIENT_CPU = "client CPU";
  static final String RECEIVED = "bytes received";
  static final String SMALLEST_HEAP = "smallest heap";
  static final String SYNC_IN_SMALLEST_HEAP = "first sync, smallest heap";
  static final String PEAK_RSS = "peak rss";
  static final String PEAK_RSS_LARGE_HEAP = "peak rss at -Xmx4g";
  static final String HEAP_PER_OBJECT = "heap per object";
  static final String START = "start from nothing";
  static final String RESTART = "restart from disk";
  static final String RESTART_IN_PROCESS = "restart from disk, in one process";
  static final String BY_TOUCH = "strong list by touch";
  static final String SEEN_MEDIAN = "update seen, median";
  static final String SEEN_P99 = "update seen, 99 %";
  static final String ANSWERED_MEDIAN = "update answered, median";
}
