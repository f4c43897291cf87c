package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Read;
import java.util.HashMap;
import java.util.Map;

/** The reads of one cut show one version, whatever their kinds. */
final class Cuts {
  private Cuts() {}

  static void check(Trial trial, Findings findings) {
    Map<String, Read> firsts = new HashMap<>();
    for (Read read : trial.reads()) {
      if (read.cut().isEmpty()) {
        continue;
      }
      Read first = firsts.computeIfAbsent(read.cut(), name -> read);
      if (first.answer().asOf() != read.answer().asOf()) {
        findings.add(
            Rule.CUT,
            () ->
                "cut "
                    + read.cut()
                    + " shows rv "
                    + first.answer().asOf()
                    + " in\n    "
                    + Explain.read(first)
                    + "\n    and rv "
                    + read.answer().asOf()
                    + " in\n    "
                    + Explain.read(read),
            first,
            read);
      }
    }
  }
}
