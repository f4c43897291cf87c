package dev.freshet.load;

import java.time.Duration;

/**
 * How much may be asked of the API server: of one caller, or of all of a client together. What goes
 * beyond waits; it is never answered weaker. Immutable.
 *
 * @param requestsPerSecond over time; infinite for no limit
 * @param concurrent requests under way at the same time: until their answer has come to its end,
 *     for a watch until it has begun; {@link Integer#MAX_VALUE} for no limit
 * @param bytesPerSecond of answers to reads as they travel, over time; {@link Long#MAX_VALUE} for
 *     no limit. It is paid afterwards, since nobody knows how large an answer will be: who has
 *     overdrawn waits until that is made up for. What fills and follows caches is not paid from it
 * @param burst what has not been used for so long may be used at once
 */
public record Budget(
    double requestsPerSecond, int concurrent, long bytesPerSecond, Duration burst) {

  /** The burst unless said otherwise. */
  public static final Duration DEFAULT_BURST = Duration.ofSeconds(2);

  /** The most that can be counted; more is no limit. */
  private static final double MAX_PER_SECOND = 1e9;

  public Budget {
    if (!(requestsPerSecond > 0)) {
      throw new IllegalArgumentException(
          "a budget needs a positive number of requests per second, not " + requestsPerSecond);
    }
    if (concurrent < 1) {
      throw new IllegalArgumentException(
          "a budget needs at least one request at a time, not " + concurrent);
    }
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException(
          "a budget needs at least one byte per second, not " + bytesPerSecond);
    }
    if (burst.isNegative() || burst.isZero() || burst.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("a burst is made of up to an hour, and not of " + burst);
    }
  }

  /** No limit at all. */
  public static Budget unlimited() {
    return new Budget(Double.POSITIVE_INFINITY, Integer.MAX_VALUE, Long.MAX_VALUE, DEFAULT_BURST);
  }

  /** The same with so many requests each second. */
  public Budget requestsPerSecond(double rate) {
    return new Budget(rate, concurrent, bytesPerSecond, burst);
  }

  /** The same with so many requests at a time. */
  public Budget concurrent(int atOnce) {
    return new Budget(requestsPerSecond, atOnce, bytesPerSecond, burst);
  }

  /** The same with so many bytes each second. */
  public Budget bytesPerSecond(long bytes) {
    return new Budget(requestsPerSecond, concurrent, bytes, burst);
  }

  /** The same with another burst. */
  public Budget burst(Duration unused) {
    return new Budget(requestsPerSecond, concurrent, bytesPerSecond, unused);
  }

  /** Whether requests are counted at all. */
  public boolean limitsRequests() {
    return requestsPerSecond < MAX_PER_SECOND;
  }

  /** Whether bytes are counted at all. */
  public boolean limitsBytes() {
    return bytesPerSecond < MAX_PER_SECOND * 1e3;
  }

  @Override
  public String toString() {
    return (limitsRequests() ? requestsPerSecond + " requests/s" : "any rate")
        + (concurrent == Integer.MAX_VALUE ? "" : ", " + concurrent + " at a time")
        + (limitsBytes() ? ", " + bytesPerSecond + " bytes/s" : "");
  }
}
