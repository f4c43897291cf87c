package dev.freshet.cli;

import dev.freshet.Plan;
import dev.freshet.cli.output.Amounts;
import dev.freshet.cli.output.OutputFormat;
import dev.freshet.cli.output.Table;
import dev.freshet.cli.output.Table.Header;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Shows a plan: as text, or with {@code -o json} as one object. */
final class PlanText {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final String UNKNOWN = "unknown";
  private static final double NANOS_PER_MILLI = 1e6;

  private PlanText() {}

  static void print(Plan plan, OutputFormat format, Console console) {
    if (format == OutputFormat.JSON) {
      console.out().println(JSON.writeValueAsString(tree(plan)));
      return;
    }
    console.out().println("asked   " + plan.asked());
    console.out().println("route   " + plan.route());
    console.out().println("why     " + plan.why());
    console.out().println();
    var table =
        new Table(
            List.of(
                Header.left("CANDIDATE"),
                Header.right("REQUESTS"),
                Header.right("SCANNED"),
                Header.right("LATENCY"),
                Header.right("BYTES")));
    for (Plan.Candidate candidate : plan.candidates()) {
      OptionalInt scanned = candidate.scanned();
      table.add(
          List.of(
              candidate.route().toString(),
              Integer.toString(candidate.requests()),
              scanned.isPresent() ? Integer.toString(scanned.getAsInt()) : UNKNOWN,
              candidate.latency().map(PlanText::millis).orElse(UNKNOWN),
              candidate.bytes().isPresent()
                  ? Amounts.bytes(candidate.bytes().getAsLong())
                  : UNKNOWN));
    }
    table.print(console.out(), console::bold);
  }

  /** Estimates are no better than to the millisecond; below one they say so. */
  private static String millis(Duration latency) {
    return !latency.isZero() && latency.toMillis() == 0 ? "< 1 ms" : latency.toMillis() + " ms";
  }

  private static double exactMillis(Duration latency) {
    return (double) latency.toNanos() / NANOS_PER_MILLI;
  }

  private static Map<String, Object> tree(Plan plan) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("asked", plan.asked().toString());
    tree.put("route", plan.route().toString());
    tree.put("why", plan.why());
    tree.put("candidates", plan.candidates().stream().map(PlanText::tree).toList());
    return tree;
  }

  private static Map<String, Object> tree(Plan.Candidate candidate) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("route", candidate.route().toString());
    tree.put("requests", candidate.requests());
    candidate.scanned().ifPresent(scanned -> tree.put("scanned", scanned));
    candidate.latency().ifPresent(latency -> tree.put("latencyMillis", exactMillis(latency)));
    candidate.bytes().ifPresent(bytes -> tree.put("bytes", bytes));
    return tree;
  }
}
