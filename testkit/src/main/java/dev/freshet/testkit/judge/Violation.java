package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Operation;
import java.util.List;

/**
 * One thing in a history that cannot be.
 *
 * @param rule what it breaks
 * @param text what was expected and what was found, in a few lines
 * @param operations those that prove it
 */
public record Violation(Rule rule, String text, List<Operation> operations) {
  public Violation {
    operations = List.copyOf(operations);
  }

  @Override
  public String toString() {
    return rule.shortName() + " (" + rule.meaning() + "): " + text;
  }
}
