package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.Read;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** No answer from the head of a cache is older than one that this cache gave before. */
final class Monotonicity {
  /** What goes forward only. */
  private record Head(String cache, int epoch, String collection) {}

  private final Trial trial;
  private final Findings findings;
  private final Map<Head, Read> newest = new HashMap<>();

  Monotonicity(Trial trial, Findings findings) {
    this.trial = trial;
    this.findings = findings;
  }

  void check() {
    List<Read> heads =
        trial.reads().stream()
            .filter(read -> read.answer().route().cacheHead())
            .filter(read -> read.answer().asOf() != Answer.UNKNOWN)
            .toList();
    Moments.walk(heads, this::began, this::ended);
  }

  private static Head head(Read read) {
    return new Head(read.caller().cache(), read.answer().epoch(), read.query().collection());
  }

  private void ended(Read read) {
    newest.merge(
        head(read),
        read,
        (one, other) -> one.answer().asOf() >= other.answer().asOf() ? one : other);
  }

  private void began(Read read) {
    Read before = newest.get(head(read));
    if (before == null) {
      return;
    }
    Timeline timeline = trial.timeline(read.query().collection());
    int next = timeline.upTo(read.answer().asOf());
    // Versions run ahead of events: it went back only if an event lies between.
    if (next < timeline.upTo(before.answer().asOf())) {
      EtcdEvent lost = timeline.events().get(next);
      findings.add(
          Rule.MONOTONIC,
          () ->
              Explain.read(read)
                  + "\n    lacks "
                  + Explain.event(lost)
                  + ", which the same cache had shown in\n    "
                  + Explain.read(before),
          read,
          before);
    }
  }
}
