package dev.freshet.trials.soak;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How one quantity went over a soak.
 *
 * @param what its name
 * @param first what was typical of the first third
 * @param last what was typical of the last third
 * @param perHour the slope of the line of least squares through all samples
 * @param allowed how much more the last third may be than the first
 */
public record Trend(String what, long first, long last, double perHour, long allowed) {
  private static final double SECONDS_AN_HOUR = 3_600;
  private static final int THIRDS = 3;

  /** Needs at least three samples. */
  static Trend of(
      String what,
      List<Sample> samples,
      ToLongFunction<Sample> quantity,
      Typical typical,
      long allowed) {
    int third = samples.size() / THIRDS;
    List<Sample> last = samples.subList(samples.size() - third, samples.size());
    return new Trend(
        what,
        typical.of(samples.subList(0, third).stream().mapToLong(quantity)),
        typical.of(last.stream().mapToLong(quantity)),
        slope(samples, quantity) * SECONDS_AN_HOUR,
        allowed);
  }

  /** Whether it did not grow beyond what is allowed. */
  public boolean flat() {
    return last - first <= allowed;
  }

  private static double slope(List<Sample> samples, ToLongFunction<Sample> quantity) {
    double meanX = samples.stream().mapToDouble(Sample::atSeconds).average().orElseThrow();
    double meanY = samples.stream().mapToLong(quantity).average().orElseThrow();
    double covariance = 0;
    double variance = 0;
    for (Sample sample : samples) {
      double x = sample.atSeconds() - meanX;
      covariance += x * (quantity.applyAsLong(sample) - meanY);
      variance += x * x;
    }
    return variance == 0 ? 0 : covariance / variance;
  }
}
