package dev.freshet.cli.measure;

import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Results as one JSON array: the same members in each row, null where nothing was measured. */
public final class ResultJson {

  private static final JsonMapper JSON = new JsonMapper();

  /** Times are given to the microsecond. */
  private static final double MILLI_FRACTIONS = 1_000;

  private ResultJson() {}

  public static String of(List<RouteResult> results) {
    ArrayNode rows = JSON.createArrayNode();
    results.forEach(result -> add(rows.addObject(), result));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(rows);
  }

  private static void add(ObjectNode row, RouteResult result) {
    row.put("route", result.route());
    row.put("reads", result.reads());
    put(row, "p50Millis", result.p50Millis(), MILLI_FRACTIONS);
    put(row, "p99Millis", result.p99Millis(), MILLI_FRACTIONS);
    if (result.bytesPerRead().isPresent()) {
      row.put("bytesPerRead", Math.round(result.bytesPerRead().getAsDouble()));
    } else {
      row.putNull("bytesPerRead");
    }
    put(row, "requestsPerRead", result.requestsPerRead(), MILLI_FRACTIONS);
    if (result.staleAnswers().isPresent()) {
      row.put("staleAnswers", result.staleAnswers().getAsLong());
    } else {
      row.putNull("staleAnswers");
    }
    put(row, "worstStalenessMillis", result.worstStalenessMillis(), MILLI_FRACTIONS);
    row.put("detours", result.detours());
  }

  private static void put(ObjectNode row, String name, OptionalDouble value, double fractions) {
    if (value.isPresent()) {
      row.put(name, Math.round(value.getAsDouble() * fractions) / fractions);
    } else {
      row.putNull(name);
    }
  }
}
