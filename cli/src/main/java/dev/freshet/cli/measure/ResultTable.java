package dev.freshet.cli.measure;

import dev.freshet.cli.output.Table;
import dev.freshet.cli.output.Table.Header;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Results as a table of at most 80 columns. */
public final class ResultTable {

  private static final String NOT_MEASURED = "-";
  private static final double KILO = 1_000;

  private ResultTable() {}

  public static Table of(List<RouteResult> results) {
    var table =
        new Table(
            List.of(
                Header.left("ROUTE"),
                Header.right("READS"),
                Header.right("P50"),
                Header.right("P99"),
                Header.right("BYTES"),
                Header.right("REQUESTS"),
                Header.right("STALE"),
                Header.right("WORST")));
    results.forEach(result -> table.add(row(result)));
    return table;
  }

  private static List<String> row(RouteResult result) {
    return List.of(
        result.route(),
        Long.toString(result.reads()),
        millis(result.p50Millis()),
        millis(result.p99Millis()),
        bytes(result.bytesPerRead()),
        requests(result.requestsPerRead()),
        result.staleAnswers().isPresent()
            ? Long.toString(result.staleAnswers().getAsLong())
            : NOT_MEASURED,
        result.staleAnswers().orElse(0) == 0
            ? NOT_MEASURED
            : millis(result.worstStalenessMillis()));
  }

  static String millis(OptionalDouble value) {
    if (value.isEmpty()) {
      return NOT_MEASURED;
    }
    double millis = value.getAsDouble();
    return millis < 10
        ? String.format(Locale.ROOT, "%.3f ms", millis)
        : String.format(Locale.ROOT, millis < 100 ? "%.1f ms" : "%.0f ms", millis);
  }

  static String bytes(OptionalDouble value) {
    return value.isEmpty() ? NOT_MEASURED : bytes(value.getAsDouble());
  }

  /** A number of bytes in units of a thousand. */
  public static String bytes(double value) {
    if (value < KILO) {
      return Math.round(value) + " B";
    }
    if (value < KILO * KILO) {
      return String.format(Locale.ROOT, "%.1f kB", value / KILO);
    }
    return value < KILO * KILO * KILO
        ? String.format(Locale.ROOT, "%.1f MB", value / KILO / KILO)
        : String.format(Locale.ROOT, "%.1f GB", value / KILO / KILO / KILO);
  }

  private static String requests(OptionalDouble value) {
    if (value.isEmpty()) {
      return NOT_MEASURED;
    }
    double requests = value.getAsDouble();
    return requests == Math.rint(requests)
        ? Long.toString((long) requests)
        : String.format(Locale.ROOT, "%.3f", requests);
  }
}
