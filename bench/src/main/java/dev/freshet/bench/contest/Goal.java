package dev.freshet.bench.contest;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What was wanted of Freshet: one value divided by another, or by a unit, at most or at least so
 * much.
 *
 * @param part what has to be measured for it
 * @param what in words
 * @param of the value
 * @param over what it is divided by
 * @param bound what the quotient is held against
 * @param unit of the quotient; empty for a ratio
 */
record Goal(Part part, String what, Value of, Divisor over, Bound bound, String unit) {

  /** A measure of a contender. */
  record Value(String measure, String contender) {}

  /** What a value is divided by. */
  sealed interface Divisor {
    record Other(Value value) implements Divisor {}

    record Unit(double size) implements Divisor {}
  }

  /** What is good enough. */
  sealed interface Bound {
    double limit();

    record AtMost(double limit) implements Bound {}

    record AtLeast(double limit) implements Bound {}
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

  /** The quotient on a workload; empty if a part of it was not measured. */
  OptionalDouble reached(Results results, String workload) {
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

  Verdict verdict(Results results, String workload) {
    OptionalDouble reached = reached(results, workload);
    if (reached.isEmpty()) {
      return Verdict.NOT_MEASURED;
    }
    double value = reached.getAsDouble();
    boolean met =
        switch (bound) {
          case Bound.AtMost(double limit) -> value <= limit;
          case Bound.AtLeast(double limit) -> value >= limit;
        };
    return met ? Verdict.MET : Verdict.MISSED;
  }

  String wanted() {
    return switch (bound) {
      case Bound.AtMost(double limit) -> "<= " + show(limit);
      case Bound.AtLeast(double limit) -> ">= " + show(limit);
    };
  }

  String show(double value) {
    // A hundredth has to be told from a fiftieth, and thousands need no decimals.
    String format = value >= 100 ? "%,.0f%s" : value < 0.1 ? "%.4f%s" : "%.2f%s";
    return String.format(Locale.ROOT, format, value, unit.isEmpty() ? "" : " " + unit);
  }
}
