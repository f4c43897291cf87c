package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.Query;
import dev.freshet.testkit.history.Read;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules for answers that do not tell their version, as those of other informers: is there a
 * version at which etcd had exactly these objects? If not, the answer is torn. If so, it is judged
 * at the most favourable one: for freshness the latest that is not in the future, for a cache that
 * must not go back the earliest that is not behind.
 */
final class Versionless {
  /** What goes forward only; queries are not compared with each other. */
  private record Head(String cache, int epoch, Query query) {}

  private final Trial trial;
  private final Findings findings;
  private final Freshness freshness;
  private final Future future;
  private final Map<Query, Map<Long, List<Integer>>> statesByHash = new HashMap<>();
  private final Map<Head, Integer> reached = new HashMap<>();
  private final Map<Long, Integer> earliest = new HashMap<>();

  Versionless(Trial trial, Findings findings) {
    this.trial = trial;
    this.findings = findings;
    this.freshness = new Freshness(trial, findings);
    this.future = new Future(trial);
  }

  void check() {
    List<Read> reads =
        trial.reads().stream().filter(read -> read.answer().asOf() == Answer.UNKNOWN).toList();
    Moments.walk(reads, this::began, this::ended);
  }

  private void began(Read read) {
    SelectionTimeline states = trial.states(read.query());
    List<Integer> matching =
        statesByHash
            .computeIfAbsent(read.query(), query -> states.byHash())
            .getOrDefault(read.answer().items().hash(), List.of())
            .stream()
            .filter(state -> states.is(state, read.answer().items()))
            .toList();
    if (matching.isEmpty()) {
      findings.add(Rule.SNAPSHOT, () -> torn(read, states), read);
      return;
    }
    List<Integer> possible =
        matching.stream()
            .filter(state -> !future.liesAhead(states.from(state), read.returnedNanos()))
            .toList();
    if (possible.isEmpty()) {
      findings.add(
          Rule.FUTURE,
          () ->
              Explain.read(read)
                  + "\n    shows the state of rv "
                  + states.from(matching.getFirst())
                  + ", which was written only after the answer",
          read);
      return;
    }
    freshness.checkLevel(read, states.upTo(possible.getLast()));
    checkForward(read, possible, states);
  }

  private void checkForward(Read read, List<Integer> possible, SelectionTimeline states) {
    if (!read.answer().route().cacheHead()) {
      return;
    }
    int least = reached.getOrDefault(head(read), 0);
    var next = possible.stream().filter(state -> state >= least).findFirst();
    next.ifPresent(state -> earliest.put(read.id(), state));
    if (next.isEmpty()) {
      findings.add(
          Rule.MONOTONIC,
          () ->
              Explain.read(read)
                  + "\n    shows the state of rv "
                  + states.from(possible.getLast())
                  + ", but the same cache had shown that of rv "
                  + states.from(least),
          read);
    }
  }

  private void ended(Read read) {
    Integer state = earliest.remove(read.id());
    if (state != null) {
      reached.merge(head(read), state, Math::max);
    }
  }

  private static Head head(Read read) {
    return new Head(read.caller().cache(), read.answer().epoch(), read.query());
  }

  private String torn(Read read, SelectionTimeline states) {
    // The state at the read's end is a guess, but shows best which objects do not fit.
    return Explain.read(read)
        + "\n    shows a state that etcd never had. Compared with the last one:\n    "
        + Explain.difference(
            read,
            states,
            trial.timeline(read.query().collection()).state(states.selection(), Long.MAX_VALUE));
  }
}
