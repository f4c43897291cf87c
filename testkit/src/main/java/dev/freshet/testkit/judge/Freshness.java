package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.Level;
import dev.freshet.testkit.history.Operation;
import dev.freshet.testkit.history.Read;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * R2 for the levels that are about time ({@code strong}, {@code within}), and the age that an
 * answer admits.
 *
 * <p>All three ask the same: is there an event that the answer lacks, and that was known to be
 * committed before some moment? Only the first event after the answer's version has to be looked
 * at, since who knows of a later one knows of that one too.
 */
final class Freshness {
  private final Trial trial;
  private final Findings findings;

  Freshness(Trial trial, Findings findings) {
    this.trial = trial;
    this.findings = findings;
  }

  void check() {
    for (Read read : trial.reads()) {
      if (read.answer().asOf() != Answer.UNKNOWN) {
        checkLevel(read, read.answer().asOf());
        checkAge(read);
      }
    }
  }

  /** Judges a read by its level as if its version were {@code rv}. */
  void checkLevel(Read read, long rv) {
    if (!read.answer().satisfied()) {
      return;
    }
    switch (read.level()) {
      case Level.Strong strong -> demand(Rule.FRESH, read, rv, 0, "is strong");
      case Level.Within within ->
          demand(
              Rule.FRESH, read, rv, within.nanos(), "may be " + millis(within.nanos()) + " behind");
      case Level.Cached cached -> {}
      case Level.ReadYourWrites session -> {}
      case Level.AtLeast token -> {}
      case Level.Exactly token -> {}
      case Level.Converged converged -> {}
    }
  }

  private void checkAge(Read read) {
    long behindNanos = read.answer().behindAtMostNanos();
    if (behindNanos != Answer.UNKNOWN) {
      demand(
          Rule.AGE,
          read,
          read.answer().asOf(),
          behindNanos,
          "admits to be " + millis(behindNanos) + " behind");
    }
  }

  private void demand(Rule rule, Read read, long rv, long behindNanos, String promise) {
    Timeline timeline = trial.timeline(read.query().collection());
    // Who asked for one namespace was promised nothing of another.
    Optional<EtcdEvent> next = timeline.firstBetween(rv, Long.MAX_VALUE, read.query().namespace());
    if (next.isEmpty()) {
      return;
    }
    EtcdEvent missing = next.get();
    Knowledge.Sighting known = trial.knowledge().of(missing.rv());
    if (known.nanos() < read.invokedNanos() - behindNanos) {
      Operation[] proof =
          known.by().map(by -> new Operation[] {read, by}).orElse(new Operation[] {read});
      findings.add(
          rule,
          () ->
              Explain.read(read)
                  + "\n    "
                  + promise
                  + ", but lacks "
                  + Explain.event(missing)
                  + ", which "
                  + Explain.known(known, read.invokedNanos())
                  + Explain.more(timeline.events().size() - timeline.upTo(rv), timeline.end()),
          proof);
    }
  }

  private static String millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
  }
}
