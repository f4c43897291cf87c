package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Items;
import dev.freshet.testkit.history.Watched;

/** The guarantees of watches, named after those that etcd documents for its own. */
final class Streams {
  private final Trial trial;
  private final Findings findings;

  Streams(Trial trial, Findings findings) {
    this.trial = trial;
    this.findings = findings;
  }

  void check() {
    for (Watched stream : trial.streams()) {
      if (stream.listed()) {
        checkInitial(stream);
      }
      Timeline timeline = trial.timeline(stream.query().collection());
      var objects = new StreamObjects(stream, findings);
      objects.checkOrder();
      objects.checkEnd(timeline);
      if (stream.conflating()) {
        new ConflatedStream(stream, timeline, findings).check();
      } else {
        new WholeStream(stream, timeline, findings).check();
      }
    }
  }

  private void checkInitial(Watched stream) {
    SelectionTimeline states = trial.states(stream.query());
    int state = states.stateAt(stream.fromRv());
    if (state < 0 || !states.is(state, Items.of(stream.initial()))) {
      findings.add(
          Rule.SNAPSHOT,
          () ->
              Explain.stream(stream)
                  + "\n    began with a state that etcd did not have at this version: "
                  + Explain.differences(
                      trial
                          .timeline(stream.query().collection())
                          .state(states.selection(), stream.fromRv()),
                      stream.initial()),
          stream);
    }
  }
}
