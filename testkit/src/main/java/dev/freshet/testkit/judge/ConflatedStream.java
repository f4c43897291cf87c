package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.Watched;
import dev.freshet.testkit.history.Watched.Delivery;
import dev.freshet.testkit.history.Watched.Kind;

/** Checks that a stream which may skip states tells only of states that there were. */
final class ConflatedStream {
  private final Watched stream;
  private final Timeline timeline;
  private final Findings findings;
  private final Selection selection;

  ConflatedStream(Watched stream, Timeline timeline, Findings findings) {
    this.stream = stream;
    this.timeline = timeline;
    this.findings = findings;
    this.selection = new Selection(stream.query());
  }

  void check() {
    for (Delivery delivery : stream.deliveries()) {
      if (delivery.rv() != Answer.UNKNOWN
          && delivery.kind() != Kind.BOOKMARK
          && delivery.kind() != Kind.DELETED) {
        checkState(delivery);
      }
    }
  }

  private void checkState(Delivery delivery) {
    var event = timeline.eventAt(delivery.key(), delivery.rv());
    if (event.isEmpty()
        || event.get().deleted()
        || !event.get().uid().equals(delivery.uid())
        || !event.get().tag().equals(delivery.tag())) {
      violation(
          Rule.RELIABLE, delivery, "etcd has " + event.map(Explain::event).orElse("no such event"));
    } else if (!selection.selects(event.get())) {
      violation(Rule.FILTERED, delivery, "the object was not selected then");
    }
  }

  private void violation(Rule rule, Delivery delivery, String what) {
    findings.add(
        rule,
        () -> Explain.stream(stream) + "\n    told " + WholeStream.text(delivery) + ", but " + what,
        stream);
  }
}
