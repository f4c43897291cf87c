package dev.freshet.bench.contest;

import static dev.freshet.bench.contest.Measure.FIRST_SYNC;
import static dev.freshet.bench.contest.Measure.HEAP_PER_OBJECT;
import static dev.freshet.bench.contest.Measure.PEAK_RSS;
import static dev.freshet.bench.contest.Measure.SECOND_CACHE;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What was wanted of Freshet: one value divided by another, or by a unit, at most so much.
 *
 * @param what in words
 * @param workload on which
 * @param of the value
 * @param over what it is divided by
 * @param atMost the largest quotient that meets it
 * @param unit of the quotient; empty for a ratio
 */
record Goal(String what, String workload, Value of, Divisor over, double atMost, String unit) {
  private static final String FRESHET = Entrant.FRESHET.name();
  private static final String MOST_OBJECTS = "list 96 % objects";

  /** A measure of a contender. */
  record Value(String measure, String contender) {}

  /** What a value is divided by. */
  sealed interface Divisor {
    record Other(Value value) implements Divisor {}

    record Unit(double size) implements Divisor {}
  }

  /** Whether it was met; the page shows them. */
  enum Verdict {
    MET("yes"),
    MISSED("NO"),
    NOT_MEASURED("not measured");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  static List<Goal> of(String workload) {
    double perPod = workload.equals("uniform") ? 0.9 : 1.5;
    return List.of(
        ratio("first sync / wire", workload, FIRST_SYNC, FIRST_SYNC, Entrant.WIRE, 2.0),
        ratio("second cache / wire", workload, SECOND_CACHE, SECOND_CACHE, Entrant.WIRE, 1.25),
        size("memory per Pod", workload, HEAP_PER_OBJECT, 1e3, perPod, "KB"),
        size("peak RSS in first sync", workload, PEAK_RSS, 1e6, 260, "MB"),
        ratio(
            "cached list of 96 %, keys / client-go",
            workload, "list 96 % keys", "list 96 % keys", Entrant.CLIENT_GO, 1.0 / 3),
        ratio(
            "1,000 gets of whole objects / fabric8's JSON decode",
            workload,
            "get 1000 objects",
            "get 1000 decoded from JSON",
            Entrant.FABRIC8,
            0.45),
        ratio(
            "one field of 96 % / decoding them whole",
            workload, "list 96 % field", MOST_OBJECTS, Entrant.FRESHET, 0.25));
  }

  private static Goal ratio(
      String what, String workload, String ours, String theirs, Entrant other, double atMost) {
    return new Goal(
        what,
        workload,
        new Value(ours, FRESHET),
        new Divisor.Other(new Value(theirs, other.name())),
        atMost,
        "");
  }

  private static Goal size(
      String what, String workload, String measure, double size, double atMost, String unit) {
    return new Goal(
        what, workload, new Value(measure, FRESHET), new Divisor.Unit(size), atMost, unit);
  }

  /** The quotient; empty if a part of it was not measured. */
  OptionalDouble reached(Results results) {
    OptionalDouble value = results.value(workload, of.measure, of.contender);
    OptionalDouble divisor =
        switch (over) {
          case Divisor.Other(Value(String measure, String contender)) ->
              results.value(workload, measure, contender);
          case Divisor.Unit(double size) -> OptionalDouble.of(size);
        };
    return value.isPresent() && divisor.isPresent()
        ? OptionalDouble.of(value.getAsDouble() / divisor.getAsDouble())
        : OptionalDouble.empty();
  }

  Verdict verdict(Results results) {
    OptionalDouble reached = reached(results);
    if (reached.isEmpty()) {
      return Verdict.NOT_MEASURED;
    }
    return reached.getAsDouble() <= atMost ? Verdict.MET : Verdict.MISSED;
  }

  String show(double value) {
    return String.format(Locale.ROOT, "%.2f%s", value, unit.isEmpty() ? "" : " " + unit);
  }
}
