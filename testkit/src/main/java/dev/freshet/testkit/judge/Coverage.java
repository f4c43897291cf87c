package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.History;
import dev.freshet.testkit.history.Level;
import dev.freshet.testkit.history.Operation;
import dev.freshet.testkit.history.Read;
import dev.freshet.testkit.history.Route;
import dev.freshet.testkit.history.Write;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a history contains, counted.
 *
 * @param reads answers by route
 * @param strongReads strong reads that claim to be satisfied
 * @param calmStrongReads those of them that lie outside all faults
 * @param calmDirectReads those of these that were answered by a direct list
 * @param operationsPerSecond reads and writes before the first fault, by the time they took
 * @param unsatisfied answers that say themselves that their level was not given
 * @param failed reads without an answer
 * @param requests what the answers say they cost, each shared request divided among its readers: to
 *     be compared with what the server's own log says
 */
public record Coverage(
    Map<Route, Long> reads,
    long strongReads,
    long calmStrongReads,
    long calmDirectReads,
    double operationsPerSecond,
    long unsatisfied,
    long failed,
    double requests) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** When something was being broken. */
  public record Fault(long fromNanos, long toNanos) {
    boolean touches(Operation operation) {
      return operation.invokedNanos() <= toNanos && operation.returnedNanos() >= fromNanos;
    }
  }

  public Coverage {
    reads = Map.copyOf(reads);
  }

  /** Counts a history. */
  public static Coverage of(History history, List<Fault> faults) {
    Map<Route, Long> reads = new EnumMap<>(Route.class);
    long strong = 0;
    long calmStrong = 0;
    long calmDirect = 0;
    long unsatisfied = 0;
    double requests = 0;
    for (Read read : history.all(Read.class)) {
      reads.merge(read.answer().route(), 1L, Long::sum);
      requests += (double) read.answer().requestsSent() / read.answer().requestsShared();
      if (!read.answer().satisfied()) {
        unsatisfied++;
      } else if (read.level() instanceof Level.Strong) {
        strong++;
        if (faults.stream().noneMatch(fault -> fault.touches(read))) {
          calmStrong++;
          calmDirect += read.answer().route() == Route.DIRECT ? 1 : 0;
        }
      }
    }
    return new Coverage(
        reads,
        strong,
        calmStrong,
        calmDirect,
        rate(history, faults),
        unsatisfied,
        history.failedReads(),
        requests);
  }

  private static double rate(History history, List<Fault> faults) {
    long firstFault = faults.stream().mapToLong(Fault::fromNanos).min().orElse(Long.MAX_VALUE);
    List<Operation> before =
        history.operations().stream()
            .filter(operation -> operation instanceof Read || operation instanceof Write)
            .filter(operation -> operation.returnedNanos() < firstFault)
            .toList();
    if (before.isEmpty()) {
      return 0;
    }
    long began = before.getFirst().invokedNanos();
    long ended = before.stream().mapToLong(Operation::returnedNanos).max().orElse(began);
    return before.size() * NANOS_PER_SECOND / Math.max(1, ended - began);
  }

  /** What is too little, a sentence each; empty when the run counts. */
  public List<String> shortfalls(Quotas quotas) {
    var missing = new ArrayList<String>();
    if (strongReads < quotas.strongReads()) {
      missing.add("%,d strong reads of %,d".formatted(strongReads, quotas.strongReads()));
    }
    quotas
        .reads()
        .forEach(
            (route, wanted) -> {
              long got = reads.getOrDefault(route, 0L);
              if (got < wanted) {
                missing.add("%,d reads of %,d by route %s".formatted(got, wanted, route));
              }
            });
    double directShare = calmStrongReads == 0 ? 0 : (double) calmDirectReads / calmStrongReads;
    if (directShare >= quotas.directShareBelow()) {
      missing.add(
          "%.1f %% of the strong reads outside faults were direct lists, which may hide a broken fence; below %.1f %% is wanted"
              .formatted(directShare * 100, quotas.directShareBelow() * 100));
    }
    if (operationsPerSecond < quotas.operationsPerSecond()) {
      missing.add(
          "%.0f operations/s before the first fault, of %.0f"
              .formatted(operationsPerSecond, quotas.operationsPerSecond()));
    }
    return List.copyOf(missing);
  }
}
