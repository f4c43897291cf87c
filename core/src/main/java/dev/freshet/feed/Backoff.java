package dev.freshet.feed;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: doubles from {@link #FIRST} to {@link #LONGEST}, and the
 * actual wait is random between half of that and all of it, so that clients that failed together do
 * not return together. For one thread.
 */
final class Backoff {

  static final Duration FIRST = Duration.ofMillis(200);

  /**
   * A cache is to be right again within 30 s of an outage's end, and a server that has just come
   * back refuses the first try: two of these have to fit.
   */
  static final Duration LONGEST = Duration.ofSeconds(10);

  private final RandomGenerator random;
  private Duration ceiling = FIRST;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The next wait, and never less than what the server asked for. */
  Duration next(Optional<Duration> retryAfter) {
    long most = ceiling.toMillis();
    Duration jittered = Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
    Duration doubled = ceiling.multipliedBy(2);
    ceiling = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    Duration asked = retryAfter.orElse(Duration.ZERO);
    return asked.compareTo(jittered) > 0 ? asked.plus(jittered) : jittered;
  }

  /** Something went right: begin small again. */
  void reset() {
    ceiling = FIRST;
  }
}
