package dev.freshet.bench.contest;

import dev.freshet.bench.contest.ContenderProcess.Reply;
import dev.freshet.testkit.workload.Churn;
import dev.freshet.testkit.workload.Elsewhere;
import java.time.Duration;
import java.util.Set;

/** What is asked of one contender in one round, and in which process of its own. For one thread. */
final class Heat {
  static final Duration SYNC_WITHIN = Duration.ofMinutes(6);
  static final Duration ORDER_WITHIN = Duration.ofMinutes(3);

  private static final int UPDATES_PER_SECOND = 200;
  private static final Duration UPDATES_FOR = Duration.ofSeconds(6);

  /** A cache that is behind by so much is slow, not broken. */
  private static final Duration LATE = Duration.ofSeconds(3);

  /** Little enough for two cores: on a starved server everything waits for the server. */
  private static final int BUSY_PER_SECOND = 60;

  private static final double NANOS_PER_MILLI = 1e6;

  private final Set<Part> parts;
  private final Arena arena;
  private final Starter starter;
  private final Sink sink;

  /** Starts the contender's process. */
  interface Starter {
    ContenderProcess start(Jvm.Heap heap);
  }

  /** Takes what was measured. */
  interface Sink {
    void add(Measure measure);

    default void add(String name, double value, String unit) {
      add(new Measure(name, value, unit));
    }
  }

  Heat(Set<Part> parts, Arena arena, Starter starter, Sink sink) {
    this.parts = parts;
    this.arena = arena;
    this.starter = starter;
    this.sink = sink;
  }

  /** With much heap: all that takes time. */
  void times(Entrant entrant) {
    try (var contender = starter.start(Jvm.Heap.LARGE)) {
      Reply sync = contender.order("sync", SYNC_WITHIN);
      if (parts.contains(Part.SYNC)) {
        tell(sync);
        sink.add(Measure.CLIENT_CPU, contender.cpu().toNanos() / NANOS_PER_MILLI, Measure.MILLIS);
        sink.add(
            entrant.hasHeap() ? Measure.PEAK_RSS_LARGE_HEAP : Measure.PEAK_RSS,
            contender.peakResidentBytes(),
            Measure.BYTES);
      }
      if (parts.contains(Part.LISTS)) {
        Arena.MARKS.forEach(
            (percent, label) ->
                tell(contender.order("list " + percent + " " + label, ORDER_WITHIN)));
      }
      if (parts.contains(Part.GETS)) {
        tell(contender.order("get", ORDER_WITHIN));
      }
      if (parts.contains(Part.DIRECT)) {
        tell(contender.order("direct " + Arena.MOST, ORDER_WITHIN));
      }
      fromServer(contender, entrant);
      if (parts.contains(Part.SYNC)) {
        tell(contender.order("again", SYNC_WITHIN));
      }
    }
  }

  private void fromServer(ContenderProcess contender, Entrant entrant) {
    if (parts.contains(Part.STRONG) && entrant.isFenced()) {
      strong(contender);
    }
    if (parts.contains(Part.CROWD)) {
      tell(contender.order("crowd " + Arena.CROWD, ORDER_WITHIN));
    }
    if (parts.contains(Part.UPDATES) && entrant.isCache()) {
      updates(contender);
    }
  }

  /** No fence passes before it was sent: the server has always moved on. */
  @SuppressWarnings("try") // Who writes meanwhile is only opened and closed.
  private void strong(ContenderProcess contender) {
    try (Elsewhere busy = arena.elsewhere()) {
      tell(contender.order("strong elsewhere " + Arena.MOST, ORDER_WITHIN));
    }
    try (Churn busy = arena.updates(BUSY_PER_SECOND, update -> {})) {
      tell(contender.order("strong pods " + Arena.MOST, ORDER_WITHIN));
    }
  }

  @SuppressWarnings("try") // See above.
  private void updates(ContenderProcess contender) {
    contender.order("follow", ORDER_WITHIN);
    Latency latency = Latency.fromNow();
    try {
      try (Churn updates = arena.updates(UPDATES_PER_SECOND, latency)) {
        updates.awaitEnd(Latency.WARM_UP.plus(UPDATES_FOR));
      }
      Thread.sleep(LATE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    latency.measures(contender.order("seen", ORDER_WITHIN).seen()).forEach(sink::add);
  }

  /** What the cache holds, in a process that counts its native memory. */
  void memory() {
    try (var contender = starter.start(new Jvm.Heap(Jvm.LARGE_HEAP, true))) {
      contender.order("sync", SYNC_WITHIN);
      tell(contender.order("memory " + Arena.MARKS.get(4), ORDER_WITHIN));
    }
  }

  /** The first sync in as little heap as will do. */
  void inHeapOf(int megabytes) {
    try (var contender = starter.start(Jvm.Heap.of(megabytes))) {
      tellAs(Measure.SYNC_IN_SMALLEST_HEAP, contender.order("sync", SYNC_WITHIN));
      sink.add(Measure.PEAK_RSS, contender.peakResidentBytes(), Measure.BYTES);
    }
  }

  /** Beginning with nothing, and twice with what the one before has left. */
  void restarts() {
    String begin = "begin " + arena.emptyDirectory() + " " + Arena.MOST;
    try (var contender = starter.start(Jvm.Heap.LARGE)) {
      tellAs(Measure.START, contender.order(begin, SYNC_WITHIN));
      contender.order("end", ORDER_WITHIN);
      tellAs(Measure.RESTART_IN_PROCESS, contender.order(begin, SYNC_WITHIN));
      contender.order("end", ORDER_WITHIN);
    }
    try (var contender = starter.start(Jvm.Heap.LARGE)) {
      tellAs(Measure.RESTART, contender.order(begin, SYNC_WITHIN));
    }
  }

  private void tellAs(String name, Reply reply) {
    reply.measures().forEach(measure -> sink.add(name, measure.value(), measure.unit()));
  }

  private void tell(Reply reply) {
    reply.measures().forEach(sink::add);
  }
}
