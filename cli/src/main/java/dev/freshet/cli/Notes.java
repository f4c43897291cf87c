package dev.freshet.cli;

import dev.freshet.cli.measure.RouteResult;
import java.util.ArrayList;
import java.util.List;

/** The small print under a table of measurements: what its figures mean, and what they do not. */
final class Notes {

  private static final List<String> ALWAYS =
      List.of(
          "P50 and P99 are of whole reads, fields included, after a JIT warm-up. Each route",
          "has its own thread, which rests after each read: 5 ms cached, 100 ms direct.",
          "BYTES and REQUESTS are per read; what keeps the cache current is not in them.");

  private Notes() {}

  static List<String> compare() {
    List<String> notes = new ArrayList<>(ALWAYS);
    notes.add("STALE and WORST are not measured here (-): that needs writes of our own, and");
    notes.add("compare writes nothing. \"freshet demo\" measures them.");
    return notes;
  }

  static List<String> demo(List<RouteResult> results) {
    List<String> notes = new ArrayList<>(ALWAYS);
    notes.add("STALE counts answers that missed a write acknowledged before the read began;");
    notes.add("WORST is the longest that such a write had been acknowledged by then.");
    boolean noneStale = results.stream().allMatch(r -> r.staleAnswers().orElse(0) == 0);
    if (noneStale) {
      notes.add("No cached answer was stale: on a fast machine the watch can be quicker than");
      notes.add("the next read. It promises nothing: more --churn, or a slower link, shows some.");
    }
    return notes;
  }
}
