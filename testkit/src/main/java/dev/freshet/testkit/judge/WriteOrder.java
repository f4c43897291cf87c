package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.Write;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;

/** W1 and W2: etcd's order of writes agrees with real time and with their preconditions. */
final class WriteOrder {
  private final Trial trial;
  private final Findings findings;

  WriteOrder(Trial trial, Findings findings) {
    this.trial = trial;
    this.findings = findings;
  }

  void check() {
    checkRealTime();
    for (Resolution.Made made : trial.resolution().made()) {
      if (made.write().preconditionRv() != Answer.UNKNOWN) {
        checkPrecondition(made.write(), made.event());
      }
    }
    trial.resolution().repeats().forEach(this::checkRepeat);
  }

  /** From the last version to the first, with the earliest end of a write seen so far. */
  private void checkRealTime() {
    var byVersion = new ArrayList<>(trial.resolution().made());
    byVersion.sort(Comparator.comparingLong((Resolution.Made m) -> m.event().rv()).reversed());
    Optional<Resolution.Made> earliestEnd = Optional.empty();
    for (Resolution.Made made : byVersion) {
      if (earliestEnd.isPresent()) {
        Resolution.Made later = earliestEnd.get();
        if (later.write().returnedNanos() < made.write().invokedNanos()
            && later.event().rv() > made.event().rv()) {
          findings.add(Rule.ORDER, () -> order(later, made), later.write(), made.write());
        }
      }
      if (made.acknowledged()
          && earliestEnd
              .map(e -> made.write().returnedNanos() < e.write().returnedNanos())
              .orElse(true)) {
        earliestEnd = Optional.of(made);
      }
    }
  }

  private static String order(Resolution.Made ended, Resolution.Made began) {
    return Explain.write(ended.write())
        + "\n    ended with rv "
        + ended.event().rv()
        + " before the beginning of\n    "
        + Explain.write(began.write())
        + ", which got rv "
        + began.event().rv();
  }

  private void checkPrecondition(Write write, EtcdEvent event) {
    long before = trial.timeline(write.collection()).before(event);
    if (before != write.preconditionRv()) {
      findings.add(
          Rule.LOST_UPDATE,
          () ->
              Explain.write(write)
                  + "\n    demanded rv "
                  + write.preconditionRv()
                  + " and made "
                  + Explain.event(event)
                  + ", but the version before it is "
                  + before,
          write);
    }
  }

  /** A put that changed nothing is a strong read of its object. */
  private void checkRepeat(Resolution.Made repeat) {
    Write write = repeat.write();
    for (EtcdEvent event : trial.timeline(write.collection()).eventsOf(write.key())) {
      Knowledge.Sighting known = trial.knowledge().of(event.rv());
      if (event.rv() > repeat.event().rv() && known.nanos() < write.invokedNanos()) {
        findings.add(
            Rule.FRESH,
            () ->
                Explain.write(write)
                    + "\n    changed nothing and was answered with rv "
                    + repeat.event().rv()
                    + ", but "
                    + Explain.event(event)
                    + " "
                    + Explain.known(known, write.invokedNanos()),
            write);
        return;
      }
    }
  }
}
