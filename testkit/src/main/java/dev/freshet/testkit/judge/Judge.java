package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.EtcdEpoch;
import dev.freshet.testkit.history.EtcdLog;
import dev.freshet.testkit.history.History;
import java.util.List;

/**
 * Says of a history whether it could have happened, given what etcd committed. Each rule takes time
 * near-linear in operations and events: 200,000 operations take about a second. Thread-safe.
 */
public final class Judge {
  private final EtcdLog log;
  private final boolean noStrangers;

  private Judge(EtcdLog log, boolean noStrangers) {
    this.log = log;
    this.noStrangers = noStrangers;
  }

  /** A judge who holds this to be true. */
  public static Judge of(EtcdLog log) {
    return new Judge(log, false);
  }

  /**
   * A judge who knows besides that nobody but the recorded clients writes: then a change that none
   * of them made is a violation, and so is a deletion whose only writer was refused. Of no use
   * where etcd was restored, since writes that overlap a restore are not judged.
   */
  public Judge withoutStrangers() {
    return new Judge(log, true);
  }

  /** Judges every operation of a history by every rule. */
  public Verdict check(History history) {
    var findings = new Findings();
    var assigned = EpochAssignment.of(log, history.operations());
    List<EtcdEpoch> epochs = log.epochs();
    long reads = 0;
    long writes = 0;
    for (int i = 0; i < epochs.size(); i++) {
      var trial =
          new Trial(epochs.get(i), assigned.in(i), noStrangers && epochs.size() == 1, findings);
      check(trial, findings);
      if (i + 1 < epochs.size()) {
        EndedEpochs.check(trial, epochs.get(i + 1).beganNanos(), findings);
      }
      reads += trial.reads().size();
      writes += trial.writes().size();
    }
    return new Verdict(findings.kept(), findings.counts(), reads, writes, assigned.excused());
  }

  private static void check(Trial trial, Findings findings) {
    new Snapshots(trial, findings).check();
    new WriteOrder(trial, findings).check();
    new Freshness(trial, findings).check();
    new Sessions(trial, findings).check();
    Future.check(trial, findings);
    new Monotonicity(trial, findings).check();
    Cuts.check(trial, findings);
    new Versionless(trial, findings).check();
    new Streams(trial, findings).check();
  }
}
