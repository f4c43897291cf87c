package dev.freshet.trials.levels;

import dev.freshet.testkit.history.Route;
import java.util.List;
import java.util.function.ToLongFunction;

/** The results of legs, as a Markdown table. */
final class LevelsTable {
  private static final String HEAD =
      """
      | leg | reads judged | writes | streams | epochs | cached | probe | touch | bookmark | direct | direct share of strong, outside faults | failed | excused | tokens | violations | s reading | s in all |
      |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
      """;

  private LevelsTable() {}

  static String of(List<LegResult> legs) {
    var text = new StringBuilder(HEAD);
    legs.forEach(leg -> text.append(row(Integer.toString(leg.leg()), List.of(leg))));
    if (legs.size() > 1) {
      text.append(row("all", legs));
    }
    return text.toString();
  }

  private static String row(String name, List<LegResult> legs) {
    return "| %s | %,d | %,d | %,d | %d | %,d | %,d | %,d | %,d | %,d | %.1f %% | %,d | %,d | %,d | %d | %.0f | %.0f |%n"
        .formatted(
            name,
            sum(legs, LegResult::reads),
            sum(legs, LegResult::writes),
            sum(legs, LegResult::streams),
            sum(legs, LegResult::epochs),
            by(legs, Route.CACHED),
            by(legs, Route.PROBE),
            by(legs, Route.TOUCH),
            by(legs, Route.BOOKMARK),
            by(legs, Route.DIRECT),
            legs.stream().mapToDouble(LegResult::directShare).max().orElse(0) * 100,
            sum(legs, leg -> leg.failures().values().stream().mapToLong(n -> n).sum()),
            sum(legs, LegResult::excused),
            sum(legs, LegResult::tokens),
            sum(legs, leg -> leg.violations().values().stream().mapToLong(n -> n).sum()),
            legs.stream().mapToDouble(leg -> leg.seconds().reading()).sum(),
            legs.stream().mapToDouble(leg -> leg.seconds().all()).sum());
  }

  private static long by(List<LegResult> legs, Route route) {
    return sum(legs, leg -> leg.routes().getOrDefault(route, 0L));
  }

  private static long sum(List<LegResult> legs, ToLongFunction<LegResult> figure) {
    return legs.stream().mapToLong(figure).sum();
  }
}
