package dev.freshet.testkit.judge;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a judge found.
 *
 * @param violations the first of each rule, at most {@value Findings#KEPT_PER_RULE}, with their
 *     explanations
 * @param counts how often each rule was broken; rules that were kept are absent
 * @param readsJudged how many reads were looked at
 * @param writesJudged how many writes were looked at
 * @param excused how many operations fell into a restore of etcd, where nothing is promised, and
 *     were not judged
 */
public record Verdict(
    List<Violation> violations,
    Map<Rule, Long> counts,
    long readsJudged,
    long writesJudged,
    long excused) {
  public Verdict {
    violations = List.copyOf(violations);
    counts = Map.copyOf(counts);
  }

  /** Whether the history could have happened. */
  public boolean accepted() {
    return counts.isEmpty();
  }

  /** Whether a rule was broken. */
  public boolean broke(Rule rule) {
    return counts.containsKey(rule);
  }

  /** One line, then each kept violation. */
  @Override
  public String toString() {
    String judged =
        "%,d reads and %,d writes judged, %,d excused"
            .formatted(readsJudged, writesJudged, excused);
    if (accepted()) {
      return judged + ", no violation";
    }
    String broken =
        counts.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey().shortName() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return violations.stream()
        .map(Violation::toString)
        .collect(
            Collectors.joining(
                System.lineSeparator(),
                judged + ", violations: " + broken + System.lineSeparator(),
                ""));
  }
}
