package dev.freshet.bench.contest;

import dev.freshet.bench.contest.Results.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What was measured, as tables: a measure a line, a contender a column. */
final class Tables {
  private static final String NONE = "-";
  private static final double KILO = 1e3;
  private static final double MEGA = 1e6;
  private static final double DECIMALS_BELOW = 100;

  private final Results results;
  private final List<Entrant> entrants;

  Tables(Results results, List<Entrant> entrants) {
    this.results = results;
    this.entrants = entrants;
  }

  /** Medians. */
  Table values(String workload) {
    Table table = new Table(head("median"));
    for (String measure : measures(workload)) {
      String unit = unit(workload, measure);
      List<String> row = new ArrayList<>(List.of(measure + ", " + unit));
      for (Entrant entrant : entrants) {
        OptionalDouble value = results.value(workload, measure, entrant.name());
        row.add(value.isPresent() ? number(value.getAsDouble() / size(unit)) : NONE);
      }
      table.add(row);
    }
    return table;
  }

  /** Medians over that of another contender: the wire where it has one, else client-go. */
  Table ratios(String workload) {
    Table table = new Table(head("ratio"));
    for (String measure : measures(workload)) {
      Entrant reference =
          isPresent(workload, measure, Entrant.WIRE) && !measure.equals(Measure.PEAK_RSS)
              ? Entrant.WIRE
              : Entrant.CLIENT_GO;
      if (!isPresent(workload, measure, reference)) {
        continue;
      }
      double one = results.value(workload, measure, reference.name()).orElseThrow();
      List<String> row = new ArrayList<>(List.of(measure + " / " + reference.name()));
      for (Entrant entrant : entrants) {
        OptionalDouble value = results.value(workload, measure, entrant.name());
        row.add(
            value.isPresent()
                ? String.format(Locale.ROOT, "%.2f", value.getAsDouble() / one)
                : NONE);
      }
      table.add(row);
    }
    return table;
  }

  /** What was wanted and what came of it. */
  Table goals(List<String> workloads) {
    Table table = new Table(List.of("goal", "workload", "at most", "reached", "met"));
    for (String workload : workloads) {
      for (Goal goal : Goal.of(workload)) {
        OptionalDouble reached = goal.reached(results);
        table.add(
            List.of(
                goal.what(),
                workload,
                goal.show(goal.atMost()),
                reached.isPresent() ? goal.show(reached.getAsDouble()) : NONE,
                goal.verdict(results).toString()));
      }
    }
    return table;
  }

  private List<String> head(String first) {
    List<String> head = new ArrayList<>(List.of(first));
    entrants.forEach(entrant -> head.add(entrant.name()));
    return head;
  }

  private List<String> measures(String workload) {
    return results.figures().stream()
        .filter(figure -> figure.workload().equals(workload))
        .map(Figure::measure)
        .distinct()
        .toList();
  }

  private boolean isPresent(String workload, String measure, Entrant entrant) {
    return results.value(workload, measure, entrant.name()).isPresent();
  }

  /** Milliseconds stay; bytes are shown in what suits the largest. */
  private String unit(String workload, String measure) {
    return results.figures().stream()
        .filter(f -> f.workload().equals(workload) && f.measure().equals(measure))
        .map(
            figure ->
                figure.unit().equals(Measure.MILLIS)
                    ? Measure.MILLIS
                    : figure.value() >= MEGA ? "MB" : "KB")
        .max(String::compareTo)
        .orElse("");
  }

  private static double size(String unit) {
    return switch (unit) {
      case "KB" -> KILO;
      case "MB" -> MEGA;
      default -> 1;
    };
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < DECIMALS_BELOW ? "%.2f" : "%,.0f", value);
  }
}
