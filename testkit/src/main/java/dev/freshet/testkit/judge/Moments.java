package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Walks through the beginnings and ends of operations in the order of time. What ended at the very
 * moment at which another began counts as later: only what surely came first is before.
 */
final class Moments {
  private Moments() {}

  /** Walks through operations that are in the order of their beginnings. */
  static <T extends Operation> void walk(List<T> operations, Consumer<T> began, Consumer<T> ended) {
    List<T> byEnd =
        operations.stream().sorted(Comparator.comparingLong(Operation::returnedNanos)).toList();
    int next = 0;
    for (T operation : operations) {
      while (next < byEnd.size() && byEnd.get(next).returnedNanos() < operation.invokedNanos()) {
        ended.accept(byEnd.get(next));
        next++;
      }
      began.accept(operation);
    }
  }
}
