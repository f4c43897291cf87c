package dev.freshet.trials.fences;

import java.util.ArrayList;
import java.util.List;

/** What was wanted, and what came of it. For one thread. */
final class Goals {
  private final List<Goal> goals = new ArrayList<>();

  private record Goal(String what, String measured, String wanted, boolean met) {}

  void add(String what, String measured, String wanted, boolean met) {
    goals.add(new Goal(what, measured, wanted, met));
  }

  boolean areMet() {
    return goals.stream().allMatch(Goal::met);
  }

  /** A table, a goal a line. */
  @Override
  public String toString() {
    var text = new StringBuilder("| goal | wanted | measured | met |\n|---|---|---:|---|\n");
    for (Goal goal : goals) {
      text.append(
          "| %s | %s | %s | %s |\n"
              .formatted(goal.what, goal.wanted, goal.measured, goal.met ? "yes" : "NO"));
    }
    return text.toString();
  }
}
