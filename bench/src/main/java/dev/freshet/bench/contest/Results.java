package dev.freshet.bench.contest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** All that was measured, round by round. For one thread. */
final class Results {
  private final Map<Cell, List<Measure>> rounds = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();

  /** One place in the tables. */
  private record Cell(String workload, String contender, String measure) {}

  /**
   * A measure of one contender over all rounds.
   *
   * @param value the median
   * @param spread the largest less the smallest
   */
  record Figure(
      String workload, String measure, String contender, double value, String unit, double spread) {

    private static Figure of(Cell cell, List<Measure> rounds) {
      double[] sorted = rounds.stream().mapToDouble(Measure::value).sorted().toArray();
      return new Figure(
          cell.workload,
          cell.measure,
          cell.contender,
          sorted[sorted.length / 2],
          rounds.getFirst().unit(),
          sorted[sorted.length - 1] - sorted[0]);
    }
  }

  void add(String workload, Entrant entrant, Measure measure) {
    rounds
        .computeIfAbsent(
            new Cell(workload, entrant.name(), measure.name()), cell -> new ArrayList<>())
        .add(measure);
  }

  void failed(String how) {
    failures.add(how);
  }

  /** What could not be measured, in words. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  List<Figure> figures() {
    return rounds.entrySet().stream()
        .map(entry -> Figure.of(entry.getKey(), entry.getValue()))
        .toList();
  }

  OptionalDouble value(String workload, String measure, String contender) {
    List<Measure> all = rounds.get(new Cell(workload, contender, measure));
    return all == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(Figure.of(new Cell(workload, contender, measure), all).value());
  }
}
