package dev.freshet.bench.contest;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.workload.ChurnObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.DoubleStream;

/**
 * How long updates took from when they were sent until their answer, and until a cache showed them.
 * Both sides look at the wall clock of one machine. Told by many threads, asked by one.
 */
final class Latency implements ChurnObserver {
  private static final double MICROS_PER_MILLI = 1e3;
  private static final long NANOS_PER_MICRO = 1_000;

  /** A cache that is told of two updates of one object as one shows only the later. */
  private static final double LEAST_SEEN = 0.9;

  /** What a cache and its server are given before updates count. */
  static final Duration WARM_UP = Duration.ofSeconds(2);

  private static final double MEDIAN = 0.5;
  private static final double P99 = 0.99;

  private final Queue<Acknowledged> updates = new ConcurrentLinkedQueue<>();
  private final long countsFrom;
  private final long wallClock;

  /**
   * @param countsFrom when the warm-up ends, in nanoseconds of the monotonic clock
   * @param wallClock what has to be added to that clock's microseconds for those of the wall clock
   */
  Latency(long countsFrom, long wallClock) {
    this.countsFrom = countsFrom;
    this.wallClock = wallClock;
  }

  /** One whose warm-up begins now. */
  static Latency fromNow() {
    long nanos = System.nanoTime();
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    return new Latency(nanos + WARM_UP.toNanos(), micros - nanos / NANOS_PER_MICRO);
  }

  @Override
  public void acknowledged(Acknowledged update) {
    if (update.sentNanos() >= countsFrom) {
      updates.add(update);
    }
  }

  /**
   * What came of all updates that were sent after the warm-up.
   *
   * @param seen when each version was seen first, in microseconds of the wall clock
   * @throws TestkitException if many were not seen
   */
  List<Measure> measures(Map<String, Long> seen) {
    double[] answered =
        updates.stream()
            .mapToDouble(update -> update.acknowledgedNanos() - update.sentNanos())
            .map(nanos -> nanos / NANOS_PER_MICRO)
            .sorted()
            .toArray();
    double[] shown =
        updates.stream()
            .flatMapToDouble(
                update -> {
                  Long shownAt = seen.get(update.resourceVersion());
                  return shownAt == null
                      ? DoubleStream.empty()
                      : DoubleStream.of((double) shownAt - sentMicros(update));
                })
            .sorted()
            .toArray();
    if (answered.length == 0 || shown.length < LEAST_SEEN * answered.length) {
      throw new TestkitException(
          "Only " + shown.length + " of " + answered.length + " updates were seen.");
    }
    return List.of(
        measure(Measure.ANSWERED_MEDIAN, answered, MEDIAN),
        measure(Measure.SEEN_MEDIAN, shown, MEDIAN),
        measure(Measure.SEEN_P99, shown, P99));
  }

  private long sentMicros(Acknowledged update) {
    return update.sentNanos() / NANOS_PER_MICRO + wallClock;
  }

  private static Measure measure(String name, double[] sortedMicros, double share) {
    int at = (int) Math.min(sortedMicros.length - 1L, (long) (sortedMicros.length * share));
    return new Measure(name, sortedMicros[at] / MICROS_PER_MILLI, Measure.MILLIS);
  }
}
