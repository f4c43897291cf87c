package dev.freshet.testkit.workload;

import java.time.Duration;
import java.util.EnumMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts how writes ended, and passes each on to the observer. */
final class ChurnTally implements ChurnObserver {
  private final ChurnObserver observer;
  private final EnumMap<WriteKind, LongAdder> acknowledged = new EnumMap<>(WriteKind.class);
  private final LongAdder refused = new LongAdder();
  private final LongAdder unknown = new LongAdder();

  ChurnTally(ChurnObserver observer) {
    this.observer = observer;
    for (WriteKind kind : WriteKind.values()) {
      acknowledged.put(kind, new LongAdder());
    }
  }

  @Override
  public void acknowledged(Acknowledged write) {
    observer.acknowledged(write);
    acknowledged.getOrDefault(write.kind(), unknown).increment();
  }

  @Override
  public void failed(Failed write) {
    observer.failed(write);
    (write.outcomeKnown() ? refused : unknown).increment();
  }

  ChurnSummary summary(Duration elapsed) {
    var counts = new EnumMap<WriteKind, Long>(WriteKind.class);
    acknowledged.forEach((kind, count) -> counts.put(kind, count.sum()));
    return new ChurnSummary(counts, refused.sum(), unknown.sum(), elapsed);
  }
}
