package dev.freshet.cli.exposition;

import java.util.Map;

/**
 * One line of an exposition: a series and its value.
 *
 * @param name of the metric, with {@code _sum}, {@code _count} or {@code _bucket} where it is a
 *     part
 * @param value may be NaN or infinite
 */
public record Sample(String name, Map<String, String> labels, double value) {

  public Sample {
    labels = Map.copyOf(labels);
  }

  /** The value of a label; empty if it has none, which Prometheus takes for the same. */
  public String label(String label) {
    return labels.getOrDefault(label, "");
  }
}
