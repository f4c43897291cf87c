package dev.freshet.trials.writes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client said of its creates, beside what etcd holds.
 *
 * @param creates how many were tried
 * @param committed reported as committed, and there
 * @param unknownAndThere of unknown outcome, and there
 * @param unknownAndNot of unknown outcome, and not there
 * @param refused reported as failed, and not there
 * @param cuts connections that were cut meanwhile
 * @param seconds what they took
 * @param problems each duplicate, each create that was reported as failed and is there, and each
 *     that was reported as committed and is not
 */
public record WritesResult(
    int creates,
    int committed,
    int unknownAndThere,
    int unknownAndNot,
    int refused,
    long cuts,
    double seconds,
    List<String> problems) {
  public WritesResult {
    problems = List.copyOf(problems);
  }

  /**
   * Compares.
   *
   * @param outcomes what the client said, by tag
   * @param labels what etcd holds: the labels of each object, by {@code namespace/name}
   */
  static WritesResult of(
      Map<String, Outcome> outcomes,
      Map<String, Map<String, String>> labels,
      long cuts,
      double seconds) {
    Map<String, List<String>> keysByTag = new HashMap<>();
    labels.forEach(
        (key, of) -> {
          if (of.containsKey(Creates.TAG)) {
            keysByTag.computeIfAbsent(of.get(Creates.TAG), tag -> new ArrayList<>()).add(key);
          }
        });
    int committed = 0;
    int unknownAndThere = 0;
    int unknownAndNot = 0;
    int refused = 0;
    List<String> problems = new ArrayList<>();
    for (var entry : outcomes.entrySet()) {
      String tag = entry.getKey();
      List<String> keys = keysByTag.getOrDefault(tag, List.of());
      if (keys.size() > 1) {
        problems.add(tag + " was created " + keys.size() + " times: " + keys);
      }
      switch (entry.getValue()) {
        case Outcome.Committed done -> {
          committed++;
          if (!keys.contains(Creates.NAMESPACE + "/" + done.name())) {
            problems.add(tag + " was reported as committed and is not there as " + done.name());
          }
        }
        case Outcome.Refused no -> {
          refused++;
          if (!keys.isEmpty()) {
            problems.add(tag + " was reported as failed (" + no.why() + ") and is there: " + keys);
          }
        }
        case Outcome.Unknown nobodyKnows -> {
          if (keys.isEmpty()) {
            unknownAndNot++;
          } else {
            unknownAndThere++;
          }
        }
      }
    }
    return new WritesResult(
        outcomes.size(),
        committed,
        unknownAndThere,
        unknownAndNot,
        refused,
        cuts,
        seconds,
        problems);
  }

  /** A Markdown table of one line. */
  String table() {
    return """
        | creates | committed | unknown, there | unknown, not there | failed | duplicates and lies | connections cut | s |
        |---:|---:|---:|---:|---:|---:|---:|---:|
        | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %.0f |
        """
        .formatted(
            creates,
            committed,
            unknownAndThere,
            unknownAndNot,
            refused,
            problems.size(),
            cuts,
            seconds);
  }
}
