package dev.freshet.cli;

import dev.freshet.cli.measure.ResultJson;
import dev.freshet.cli.measure.ResultTable;
import dev.freshet.cli.measure.RouteResult;
import java.util.List;

/** How {@code demo} and {@code compare} show what they measured. */
final class MeasureOutput {

  private MeasureOutput() {}

  /** One array on standard output. */
  static void json(List<RouteResult> results, Console console) {
    console.out().println(ResultJson.of(results));
    console.out().flush();
  }

  /** The table, then facts in two columns, then notes. */
  static void table(
      List<RouteResult> results, List<Fact> facts, List<String> notes, Console console) {
    if (console.errIsTerminal()) {
      console.err().println();
    }
    ResultTable.of(results).print(console.out(), console::bold);
    console.out().println();
    int width = facts.stream().mapToInt(fact -> fact.name().length()).max().orElse(0);
    for (Fact fact : facts) {
      console
          .out()
          .println(fact.name() + " ".repeat(width - fact.name().length() + 3) + fact.text());
    }
    console.out().println();
    notes.forEach(console.out()::println);
    console.out().flush();
  }

  /** Something that was measured on, or by the way. */
  record Fact(String name, String text) {}
}
