package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.EtcdEpoch;
import dev.freshet.testkit.history.Operation;
import dev.freshet.testkit.history.Query;
import dev.freshet.testkit.history.Read;
import dev.freshet.testkit.history.Watched;
import dev.freshet.testkit.history.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is judged at once: the operations of one epoch, and what etcd committed in it. */
final class Trial {
  private final EtcdEpoch epoch;
  private final List<Operation> operations;
  private final Map<String, Timeline> timelines = new HashMap<>();
  private final Map<Query, SelectionTimeline> selections = new HashMap<>();
  private final Resolution resolution;
  private final Knowledge knowledge;

  /** Tries operations that are in the order of their beginnings. */
  Trial(EtcdEpoch epoch, List<Operation> operations, boolean noStrangers, Findings findings) {
    this.epoch = epoch;
    this.operations = operations;
    this.resolution = Resolution.of(this, noStrangers, findings);
    this.knowledge = Knowledge.of(epoch, operations, resolution);
  }

  EtcdEpoch epoch() {
    return epoch;
  }

  /** In the order of their beginnings. */
  List<Operation> operations() {
    return operations;
  }

  List<Read> reads() {
    return all(Read.class);
  }

  List<Write> writes() {
    return all(Write.class);
  }

  List<Watched> streams() {
    return all(Watched.class);
  }

  private <T extends Operation> List<T> all(Class<T> kind) {
    return operations.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  Timeline timeline(String collection) {
    return timelines.computeIfAbsent(collection, name -> new Timeline(epoch, name));
  }

  SelectionTimeline states(Query query) {
    return selections.computeIfAbsent(
        query, q -> new SelectionTimeline(timeline(q.collection()), new Selection(q)));
  }

  /** Which event each write made. */
  Resolution resolution() {
    return resolution;
  }

  /** Since when each version is known to have been committed. */
  Knowledge knowledge() {
    return knowledge;
  }
}
