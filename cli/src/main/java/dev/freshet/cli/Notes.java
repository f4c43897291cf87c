package dev.freshet.cli;

import dev.freshet.Fence;
import dev.freshet.Route;
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

  private static final List<String> FENCES =
      List.of(
          "Fences are measured one after the other, each alone: a touch would take the",
          "cache past a probe. They rest 100 ms after each read, a touch 250 ms.");

  private Notes() {}

  /**
   * Of {@code compare}.
   *
   * @param untouched whether a touch was left out since there is nothing to touch
   */
  static List<String> compare(List<RouteResult> results, boolean untouched) {
    List<String> notes = common(results);
    if (untouched) {
      notes.add("touch is left out: it writes into an object, which --touch names.");
    }
    notes.add("STALE and WORST are not measured here (-): that needs writes of our own, of");
    notes.add("which compare knows none. \"freshet demo\" measures them.");
    return notes;
  }

  static List<String> demo(List<RouteResult> results) {
    List<String> notes = common(results);
    notes.add("STALE counts answers that missed a write acknowledged before the read began;");
    notes.add("WORST is the longest that such a write had been acknowledged by then.");
    boolean noneStale = results.stream().allMatch(r -> r.staleAnswers().orElse(0) == 0);
    if (noneStale) {
      notes.add("No cached answer was stale: on a fast machine the watch can be quicker than");
      notes.add("the next read. It promises nothing: more --churn, or a slower link, shows some.");
    }
    return notes;
  }

  private static List<String> common(List<RouteResult> results) {
    List<String> notes = new ArrayList<>(ALWAYS);
    if (results.stream().anyMatch(Notes::isFence)) {
      notes.addAll(FENCES);
    }
    for (RouteResult result : results) {
      if (result.detours() > 0) {
        notes.add(
            result.detours()
                + " of "
                + result.reads()
                + " "
                + result.route()
                + " answers came by a list, since the "
                + result.route()
                + " was in vain.");
        if (result.route().equals(Fence.PROBE.toString())) {
          notes.add("A probe waits for the next event, and while nothing changes none comes.");
        }
      }
    }
    return notes;
  }

  private static boolean isFence(RouteResult result) {
    return !result.route().equals(Route.CACHED.toString())
        && !result.route().equals(Route.DIRECT.toString());
  }
}
