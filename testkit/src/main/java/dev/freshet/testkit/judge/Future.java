package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.Read;
import java.util.ArrayList;
import java.util.Comparator;

/** R3: no event up to the version of an answer was written by somebody who began after it. */
final class Future {
  private final long[] rvs;
  private final Resolution.Made[] latest;

  Future(Trial trial) {
    var byVersion = new ArrayList<>(trial.resolution().made());
    byVersion.sort(Comparator.comparingLong(m -> m.event().rv()));
    rvs = byVersion.stream().mapToLong(m -> m.event().rv()).toArray();
    latest = new Resolution.Made[rvs.length];
    for (int i = 0; i < rvs.length; i++) {
      Resolution.Made made = byVersion.get(i);
      latest[i] =
          i > 0 && latest[i - 1].write().invokedNanos() > made.write().invokedNanos()
              ? latest[i - 1]
              : made;
    }
  }

  static void check(Trial trial, Findings findings) {
    var future = new Future(trial);
    for (Read read : trial.reads()) {
      if (read.answer().asOf() != Answer.UNKNOWN
          && future.liesAhead(read.answer().asOf(), read.returnedNanos())) {
        Resolution.Made made = future.latest(read.answer().asOf());
        findings.add(
            Rule.FUTURE,
            () ->
                Explain.read(read)
                    + "\n    shows "
                    + Explain.event(made.event())
                    + ", but only later began\n    "
                    + Explain.write(made.write()),
            read,
            made.write());
      }
    }
  }

  /** Whether a version contains something that was begun only after a time. */
  boolean liesAhead(long rv, long nanos) {
    return Timeline.upTo(rvs, rv) > 0 && latest(rv).write().invokedNanos() > nanos;
  }

  private Resolution.Made latest(long rv) {
    return latest[Timeline.upTo(rvs, rv) - 1];
  }
}
