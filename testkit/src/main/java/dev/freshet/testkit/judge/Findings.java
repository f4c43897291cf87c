package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Operation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Collects violations: counts all, explains the first few of each rule, since an explanation may
 * cost a fold of the whole log and nobody reads a thousand of them.
 */
final class Findings {
  static final int KEPT_PER_RULE = 10;

  private final List<Violation> kept = new ArrayList<>();
  private final Map<Rule, Long> counts = new EnumMap<>(Rule.class);

  void add(Rule rule, Supplier<String> text, Operation... operations) {
    long before = counts.merge(rule, 1L, Long::sum) - 1;
    if (before < KEPT_PER_RULE) {
      kept.add(new Violation(rule, text.get(), List.of(operations)));
    }
  }

  List<Violation> kept() {
    return kept;
  }

  Map<Rule, Long> counts() {
    return counts;
  }
}
