package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.Item;
import dev.freshet.testkit.history.Watched;
import dev.freshet.testkit.history.Watched.Delivery;
import dev.freshet.testkit.history.Watched.Kind;
import java.util.HashMap;
import java.util.Map;

/** What a stream told of each object: in which order, and what at last. */
final class StreamObjects {
  private final Watched stream;
  private final Findings findings;

  StreamObjects(Watched stream, Findings findings) {
    this.stream = stream;
    this.findings = findings;
  }

  /** A deletion has the highest version of its uid, so nothing may bring the object back. */
  void checkOrder() {
    Map<String, Long> last = new HashMap<>();
    stream.initial().forEach(item -> last.put(item.uid(), item.rv()));
    for (Delivery delivery : stream.deliveries()) {
      if (delivery.kind() == Kind.BOOKMARK || delivery.rv() == Answer.UNKNOWN) {
        continue;
      }
      Long before = last.put(delivery.uid(), delivery.rv());
      if (before != null && delivery.rv() < before) {
        findings.add(
            Rule.KEY_ORDER,
            () ->
                Explain.stream(stream)
                    + "\n    "
                    + WholeStream.text(delivery)
                    + " came after rv "
                    + before
                    + " of the same object",
            stream);
      }
    }
  }

  /** Only where the stream ends with a bookmark: else nobody says that it had told everything. */
  void checkEnd(Timeline timeline) {
    if (stream.deliveries().isEmpty()
        || stream.deliveries().getLast().kind() != Kind.BOOKMARK
        || !stream.listed()) {
      return;
    }
    long rv = stream.deliveries().getLast().rv();
    Map<String, EtcdEvent> state = timeline.state(new Selection(stream.query()), rv);
    Map<String, Item> told = told();
    if (!rvs(state).equals(toldRvs(told))) {
      findings.add(
          Rule.STREAM_END,
          () ->
              Explain.stream(stream)
                  + "\n    what it told adds up to another state than etcd's at rv "
                  + rv
                  + ": "
                  + Explain.differences(state, told.values()),
          stream);
    }
  }

  private Map<String, Item> told() {
    Map<String, Item> told = new HashMap<>();
    stream.initial().forEach(item -> told.put(item.key(), item));
    for (Delivery delivery : stream.deliveries()) {
      switch (delivery.kind()) {
        case ADDED, MODIFIED ->
            told.put(
                delivery.key(),
                Item.of(delivery.key(), delivery.uid(), delivery.rv(), delivery.tag()));
        case DELETED -> told.remove(delivery.key());
        case BOOKMARK -> {}
      }
    }
    return told;
  }

  private static Map<String, Long> rvs(Map<String, EtcdEvent> state) {
    Map<String, Long> rvs = new HashMap<>();
    state.forEach((key, event) -> rvs.put(key, event.rv()));
    return rvs;
  }

  private static Map<String, Long> toldRvs(Map<String, Item> told) {
    Map<String, Long> rvs = new HashMap<>();
    told.forEach((key, item) -> rvs.put(key, item.rv()));
    return rvs;
  }
}
