package dev.freshet.trials.stage;

import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.Caller;
import dev.freshet.testkit.history.Outcome;
import dev.freshet.testkit.history.Recorder;
import dev.freshet.testkit.history.Write;
import dev.freshet.testkit.workload.ChurnObserver;
import dev.freshet.testkit.workload.PodKey;
import dev.freshet.testkit.workload.WriteKind;

/** Writes down each write of a churn. Each is a client of its own, for they overlap. */
final class WrittenDown implements ChurnObserver {
  private static final Caller CHURN = new Caller("churn", "churn", "");

  private final Recorder recorder;

  WrittenDown(Recorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public void acknowledged(Acknowledged write) {
    record(
        write.kind(),
        write.key(),
        write.uid(),
        write.tag(),
        write.sentNanos(),
        write.acknowledgedNanos(),
        new Outcome.Done(version(write.resourceVersion())));
  }

  @Override
  public void failed(Failed write) {
    record(
        write.kind(),
        write.key(),
        "",
        write.tag(),
        write.sentNanos(),
        write.failedNanos(),
        write.outcomeKnown() ? new Outcome.Refused(write.why()) : new Outcome.Unknown(write.why()));
  }

  private void record(
      WriteKind kind,
      PodKey key,
      String uid,
      String tag,
      long sentNanos,
      long endedNanos,
      Outcome outcome) {
    boolean delete = kind == WriteKind.DELETE;
    recorder.record(
        new Write(
            recorder.newId(),
            CHURN,
            Stage.PODS,
            key.toString(),
            delete ? Write.Verb.DELETE : Write.Verb.PUT,
            uid,
            Answer.UNKNOWN,
            delete ? "" : tag,
            sentNanos,
            endedNanos,
            outcome));
  }

  private static long version(String text) {
    return text.isEmpty() ? Answer.UNKNOWN : Long.parseLong(text);
  }
}
