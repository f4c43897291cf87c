package dev.freshet.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the clients of one run did and were told, in the order of their beginnings.
 *
 * @param operations each with an id of its own
 * @param failedReads how many reads ended with a failure instead of an answer
 */
public record History(List<Operation> operations, long failedReads) {
  public History {
    var sorted = new ArrayList<>(operations);
    sorted.sort(Comparator.comparingLong(Operation::invokedNanos));
    operations = List.copyOf(sorted);
  }

  /** The histories of several processes of one machine, whose monotonic clocks are one. */
  public static History merged(List<History> parts) {
    return new History(
        parts.stream().flatMap(part -> part.operations().stream()).toList(),
        parts.stream().mapToLong(History::failedReads).sum());
  }

  /** Those of one kind of operation. */
  public <T extends Operation> List<T> all(Class<T> kind) {
    return operations.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
