package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.Item;
import dev.freshet.testkit.history.Level;
import dev.freshet.testkit.history.Read;

/** R1 and the final state: the objects of an answer are those of etcd at its version. */
final class Snapshots {
  private final Trial trial;
  private final Findings findings;

  Snapshots(Trial trial, Findings findings) {
    this.trial = trial;
    this.findings = findings;
  }

  void check() {
    for (Read read : trial.reads()) {
      if (read.answer().asOf() != Answer.UNKNOWN) {
        checkAtItsVersion(read);
      }
      if (read.level() instanceof Level.Converged) {
        checkLastState(read);
      }
    }
  }

  private void checkAtItsVersion(Read read) {
    SelectionTimeline states = trial.states(read.query());
    long rv = read.answer().asOf();
    int state = states.stateAt(rv);
    if (state < 0) {
      findings.add(
          Rule.SNAPSHOT,
          () ->
              Explain.read(read)
                  + "\n    its version lies before rv "
                  + trial.epoch().baseRv()
                  + ", where the referee began to watch: nothing is known of it",
          read);
    } else if (!states.is(state, read.answer().items())) {
      findings.add(Rule.SNAPSHOT, () -> difference(read, rv), read);
    } else {
      checkContent(read);
    }
  }

  private void checkLastState(Read read) {
    SelectionTimeline states = trial.states(read.query());
    if (!states.is(states.states() - 1, read.answer().items())) {
      findings.add(
          Rule.CONVERGED,
          () ->
              "at the end, rv "
                  + trial.timeline(read.query().collection()).end()
                  + ": "
                  + difference(read, Long.MAX_VALUE),
          read);
    }
  }

  /**
   * Only for answers that are kept, whose objects are therefore the right ones by uid and version.
   */
  private void checkContent(Read read) {
    for (Item item : read.answer().items().list()) {
      if (item.content() != Item.UNSEEN && differs(read, item)) {
        findings.add(
            Rule.SNAPSHOT,
            () ->
                Explain.read(read)
                    + "\n    "
                    + item.key()
                    + " at rv "
                    + item.rv()
                    + " has other fields than in etcd",
            read);
        return;
      }
    }
  }

  private boolean differs(Read read, Item item) {
    return trial
        .timeline(read.query().collection())
        .eventAt(item.key(), item.rv())
        .filter(event -> event.content() != Item.UNSEEN && event.content() != item.content())
        .isPresent();
  }

  private String difference(Read read, long rv) {
    SelectionTimeline states = trial.states(read.query());
    return Explain.read(read)
        + "\n    "
        + Explain.difference(
            read, states, trial.timeline(read.query().collection()).state(states.selection(), rv));
  }
}
