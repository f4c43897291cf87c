package dev.freshet.testkit.workload;

import java.time.Duration;

/**
 * How a {@link Churn} writes. Immutable; each method returns a changed copy.
 *
 * @param writesPerSecond the rate, over 0 to {@value #MAX_WRITES_PER_SECOND}; when the server
 *     cannot keep up the churn falls behind rather than piling up
 * @param workerShare the share of writes that hit Ray workers, 0 to 1
 * @param replaceShare the share of creates and deletes together, 0 to 1; they keep the number of
 *     Pods steady
 * @param labelShare the share of label changes, 0 to 1; the rest are statuses
 * @param duration how long it lasts; it can be stopped earlier
 * @param seed decides which Pod each write hits, and how
 * @param ticker gives the pace and the times in reports
 */
public record ChurnOptions(
    double writesPerSecond,
    double workerShare,
    double replaceShare,
    double labelShare,
    Duration duration,
    long seed,
    Ticker ticker) {
  /** The highest rate that may be asked for. */
  public static final int MAX_WRITES_PER_SECOND = 2_000;

  public ChurnOptions {
    if (!(writesPerSecond > 0 && writesPerSecond <= MAX_WRITES_PER_SECOND)) {
      throw new IllegalArgumentException(
          "Churn is over 0 to " + MAX_WRITES_PER_SECOND + " writes/s, not " + writesPerSecond);
    }
    requireShare(workerShare);
    requireShare(replaceShare + labelShare);
  }

  /**
   * So many writes a second, half of them to Ray workers: 70 % statuses, 20 % labels, 10 % creates
   * and deletes; for {@code duration}, from seed 1.
   */
  public static ChurnOptions of(double writesPerSecond, Duration duration) {
    return new ChurnOptions(writesPerSecond, 0.5, 0.1, 0.2, duration, 1, Ticker.system());
  }

  public ChurnOptions workerShare(double share) {
    return new ChurnOptions(
        writesPerSecond, share, replaceShare, labelShare, duration, seed, ticker);
  }

  public ChurnOptions replaceShare(double share) {
    return new ChurnOptions(
        writesPerSecond, workerShare, share, labelShare, duration, seed, ticker);
  }

  public ChurnOptions labelShare(double share) {
    return new ChurnOptions(
        writesPerSecond, workerShare, replaceShare, share, duration, seed, ticker);
  }

  public ChurnOptions seed(long value) {
    return new ChurnOptions(
        writesPerSecond, workerShare, replaceShare, labelShare, duration, value, ticker);
  }

  public ChurnOptions ticker(Ticker other) {
    return new ChurnOptions(
        writesPerSecond, workerShare, replaceShare, labelShare, duration, seed, other);
  }

  private static void requireShare(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("A share is 0 to 1, not " + share);
    }
  }
}
