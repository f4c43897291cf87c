package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Query;
import dev.freshet.testkit.history.Read;
import dev.freshet.testkit.history.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is judged at once: the operations on one collection within one epoch, and the truth. */
final class Trial {
  private final Timeline timeline;
  private final List<Read> reads;
  private final List<Write> writes;
  private final Map<Query, SelectionTimeline> selections = new HashMap<>();

  Trial(Timeline timeline, List<Read> reads, List<Write> writes) {
    this.timeline = timeline;
    this.reads = reads;
    this.writes = writes;
  }

  Timeline timeline() {
    return timeline;
  }

  /** In the order of their beginnings. */
  List<Read> reads() {
    return reads;
  }

  /** In the order of their beginnings. */
  List<Write> writes() {
    return writes;
  }

  SelectionTimeline states(Query query) {
    return selections.computeIfAbsent(
        query, q -> new SelectionTimeline(timeline, new Selection(q)));
  }
}
