package dev.freshet.bench.contest;

import dev.freshet.bench.contest.Results.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

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

  /**
   * What was wanted and what came of it.
   *
   * @param measured what was measured on each workload
   */
  Table goals(Map<String, Set<Part>> measured) {
    Table table = new Table(List.of("goal", "workload", "wanted", "reached", "met"));
    measured.forEach(
        (workload, parts) -> {
          for (Goal goal : goals(workload, parts)) {
            OptionalDouble reached = goal.reached(results, workload);
            table.add(
                List.of(
                    goal.what(),
                    workload,
                    goal.wanted(),
                    reached.isPresent() ? goal.show(reached.getAsDouble()) : NONE,
                    goal.verdict(results, workload).toString()));
          }
        });
    return table;
  }

  /** Whether what was measured shows that a goal was not reached. */
  boolean missed(Map<String, Set<Part>> measured) {
    return measured.entrySet().stream()
        .anyMatch(
            on ->
                goals(on.getKey(), on.getValue()).stream()
                    .anyMatch(goal -> goal.verdict(results, on.getKey()) == Goal.Verdict.MISSED));
  }

  private static List<Goal> goals(String workload, Set<Part> parts) {
    return Goals.of(workload).stream().filter(goal -> parts.contains(goal.part())).toList();
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

  /** Bytes are shown in what suits the largest; everything else as it is. */
  private String unit(String workload, String measure) {
    List<Figure> all =
        results.figures().stream()
            .filter(f -> f.workload().equals(workload) && f.measure().equals(measure))
            .toList();
    String unit = all.getFirst().unit();
    if (!unit.equals(Measure.BYTES)) {
      return unit;
    }
    return all.stream().anyMatch(figure -> figure.value() >= MEGA) ? "MB" : "KB";
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
