package dev.freshet.trials.round;

import dev.freshet.trials.fault.FaultKind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results of rounds by kind of fault, as a Markdown table. */
final class RoundsTable {
  private static final String HEAD =
      """
      | fault | rounds | good | s to converge: median | longest | answers judged | reads failed | alarmed |
      |---|---:|---:|---:|---:|---:|---:|---:|
      """;

  private RoundsTable() {}

  static String of(List<RoundResult> results) {
    Stream<String> kinds =
        Stream.of(FaultKind.values())
            .map(kind -> only(kind, results))
            .filter(some -> !some.isEmpty())
            .map(some -> line(some.getFirst().fault().toString(), some));
    return Stream.concat(kinds, Stream.of(line("all", results)))
        .collect(Collectors.joining("\n", HEAD, "\n"));
  }

  private static List<RoundResult> only(FaultKind kind, List<RoundResult> results) {
    return results.stream().filter(result -> result.fault() == kind).toList();
  }

  private static String line(String name, List<RoundResult> results) {
    double[] converged =
        results.stream()
            .mapToDouble(RoundResult::convergedSeconds)
            .filter(seconds -> seconds != RoundResult.NEVER)
            .sorted()
            .toArray();
    return "| %s | %d | %d | %s | %s | %,d | %,d | %,d |"
        .formatted(
            name,
            results.size(),
            results.stream().filter(RoundResult::ok).count(),
            at(converged, converged.length / 2),
            at(converged, converged.length - 1),
            results.stream().mapToLong(RoundResult::readsJudged).sum(),
            results.stream().mapToLong(RoundResult::failedReads).sum(),
            results.stream().mapToLong(RoundResult::alarmed).sum());
  }

  private static String at(double[] sorted, int index) {
    return sorted.length == 0 ? "-" : "%.1f".formatted(sorted[index]);
  }
}
