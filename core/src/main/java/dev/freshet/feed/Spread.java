package dev.freshet.feed;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a feed lets others go first before it lists again: a random part of a time that grows
 * with what its last list took, and with how long the server takes for small answers now. Whatever
 * made one client list anew, such as a restarted API server, made all others do so as well; small
 * lists need no such care unless there are so many that the server is late already. For one thread.
 */
final class Spread {

  /**
   * Lists that the server could have answered one after the other in the time over which we spread.
   */
  private static final int LISTS = 5;

  static final Duration LONGEST = Duration.ofSeconds(10);

  private final RandomGenerator random;
  private Duration list = Duration.ZERO;
  private Duration answer = Duration.ZERO;

  Spread(RandomGenerator random) {
    this.random = random;
  }

  /** A complete list took so long. */
  void took(Duration time) {
    list = time;
  }

  /** The last watch was answered after so long, which is milliseconds at a server with room. */
  void answered(Duration time) {
    answer = time;
  }

  /** How long to wait before the next list; zero before the first. */
  Duration next() {
    Duration slower = list.compareTo(answer) > 0 ? list : answer;
    Duration several = slower.multipliedBy(LISTS);
    Duration over = several.compareTo(LONGEST) < 0 ? several : LONGEST;
    return over.isZero() ? Duration.ZERO : Duration.ofNanos(random.nextLong(over.toNanos() + 1));
  }
}
