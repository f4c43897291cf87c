package dev.freshet.cli.exposition;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What was kept of one exposition.
 *
 * @param samples by the name of the metric
 * @param bytes how large the whole text was
 */
public record Scrape(Map<String, List<Sample>> samples, long bytes) {

  /** All series of a metric; none if it is not there. */
  public List<Sample> of(String metric) {
    return samples.getOrDefault(metric, List.of());
  }

  /** The sum over the series of a metric that match; zero if there are none. */
  public double sum(String metric, Predicate<Sample> matching) {
    return of(metric).stream().filter(matching).mapToDouble(Sample::value).sum();
  }

  /**
   * The value of the first series of a metric that matches; empty if there is none or it is not
   * finite.
   */
  public OptionalDouble value(String metric, Predicate<Sample> matching) {
    return of(metric).stream()
        .filter(matching)
        .mapToDouble(Sample::value)
        .filter(Double::isFinite)
        .findFirst();
  }

  /** The same of a metric without labels. */
  public OptionalDouble value(String metric) {
    return value(metric, sample -> sample.labels().isEmpty());
  }

  /** All values that a label has in a metric, in their order. */
  public Set<String> values(String metric, String label) {
    Set<String> values = new TreeSet<>();
    of(metric).forEach(sample -> values.add(sample.label(label)));
    return values;
  }
}
