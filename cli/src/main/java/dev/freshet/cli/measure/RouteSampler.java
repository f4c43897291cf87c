package dev.freshet.cli.measure;

import dev.freshet.Provenance;
import dev.freshet.ReadList;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** Reads by one route again and again, and keeps count. For one thread at a time. */
final class RouteSampler {

  /** Three digits: a p50 of 1 ms is known to the microsecond. */
  private static final int SIGNIFICANT_DIGITS = 3;

  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final int WARM_UP_READS = 1_000;
  private static final double NANOS_PER_MILLI = 1e6;

  private final MeasuredRoute route;
  private final MeasuredField field;
  private final Optional<Audit> audit;
  private final Histogram nanos = new Histogram(SIGNIFICANT_DIGITS);
  private long bytes;
  private double requests;
  private long detours;
  private final AtomicLong reads = new AtomicLong();
  private volatile int matches;
  private int sink;

  RouteSampler(MeasuredRoute route, MeasuredField field, Optional<Audit> audit) {
    this.route = route;
    this.field = field;
    this.audit = audit;
  }

  /** Reads without measuring, until the JIT has compiled what a read runs through. */
  void warmUp() throws InterruptedException {
    long start = System.nanoTime();
    for (int i = 0; i < WARM_UP_READS && System.nanoTime() - start < WARM_UP.toNanos(); i++) {
      sink += field.touch(route.read().get());
      rest(Duration.ofNanos(Math.min(route.rest().toNanos(), WARM_UP.toNanos() / WARM_UP_READS)));
    }
  }

  /** Reads and measures until it is enough. */
  void sample(Enough enough) throws InterruptedException {
    while (!enough.reached(reads.get())) {
      once();
      rest(route.rest());
    }
  }

  private void once() {
    long start = System.nanoTime();
    ReadList<?> answer = route.read().get();
    sink += field.touch(answer);
    long end = System.nanoTime();
    nanos.recordValue(end - start);
    Provenance provenance = answer.provenance();
    bytes += provenance.bytes().wire();
    requests += (double) provenance.requests().sent() / provenance.requests().readers();
    detours += provenance.route() == route.route() ? 0 : 1;
    matches = answer.size();
    audit.ifPresent(
        judged ->
            judged.add(
                new TimedAnswer(
                    start,
                    end,
                    provenance.asOf(),
                    provenance.behindAtMost(),
                    AnswerRows.of(answer))));
    reads.incrementAndGet();
  }

  private static void rest(Duration pause) throws InterruptedException {
    Thread.sleep(pause);
  }

  /** How many reads are done; from any thread. */
  long reads() {
    return reads.get();
  }

  /** How many objects the last answer held; from any thread. */
  int matches() {
    return matches;
  }

  /** The figures; once {@link #sample} has returned, and after the writes have ended. */
  RouteResult result() {
    Optional<Audit.Tally> tally = audit.map(Audit::finish);
    long count = reads.get();
    boolean any = count > 0;
    return new RouteResult(
        route.name(),
        count,
        any ? OptionalDouble.of(percentile(50)) : OptionalDouble.empty(),
        any ? OptionalDouble.of(percentile(99)) : OptionalDouble.empty(),
        any ? OptionalDouble.of((double) bytes / count) : OptionalDouble.empty(),
        any ? OptionalDouble.of(requests / count) : OptionalDouble.empty(),
        tally.map(found -> OptionalLong.of(found.stale())).orElse(OptionalLong.empty()),
        tally
            .map(found -> OptionalDouble.of(found.worstNanos() / NANOS_PER_MILLI))
            .orElse(OptionalDouble.empty()),
        tally.map(Audit.Tally::understated).orElse(0L),
        tally.map(Audit.Tally::contradictory).orElse(0L),
        detours);
  }

  private double percentile(double percentile) {
    return nanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
  }

  @Override
  public String toString() {
    return route.name() + ": " + reads + " reads, sum " + sink;
  }
}
