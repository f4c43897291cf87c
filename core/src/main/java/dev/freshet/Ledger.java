package dev.freshet;

import dev.freshet.object.ResourceType;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * What one caller's reads of one kind have cost, by level and route. Thread-safe; putting a read
 * down allocates nothing.
 */
final class Ledger {

  private final String caller;
  private final ResourceType kind;
  private final DirectCosts costs;
  private final Map<String, OfLevel> levels = new ConcurrentHashMap<>();

  Ledger(String caller, ResourceType kind, DirectCosts costs) {
    this.caller = caller;
    this.kind = kind;
    this.costs = costs;
  }

  private static final class OfLevel {
    final LongAdder failed = new LongAdder();
    private final Map<Route, Line> lines = new EnumMap<>(Route.class);

    OfLevel() {
      for (Route route : Route.values()) {
        lines.put(route, new Line());
      }
    }

    Line by(Route route) {
      return Objects.requireNonNull(lines.get(route));
    }
  }

  private static final class Line {
    final LongAdder reads = new LongAdder();
    final LongAdder objects = new LongAdder();
    final LongAdder shared = new LongAdder();
    final LongAdder waitedNanos = new LongAdder();
    final DoubleAdder requests = new DoubleAdder();
    final DoubleAdder bytes = new DoubleAdder();
    final DoubleAdder seats = new DoubleAdder();

    /** Fences that would have done instead, and when the last of them would have been over. */
    final LongAdder fences = new LongAdder();

    final AtomicLong fencedUntilNanos = new AtomicLong();
    volatile Route fence = Route.DIRECT;
  }

  /** A read was answered. */
  void add(Consistency level, Answer answer) {
    Provenance provenance = answer.provenance();
    Line line = level(level).by(provenance.route());
    line.reads.increment();
    line.objects.add(answer.objects().size());
    Provenance.Requests requests = provenance.requests();
    if (requests.sent() > 0) {
      line.requests.add((double) requests.sent() / requests.readers());
      line.bytes.add((double) provenance.bytes().body() / requests.readers());
      line.waitedNanos.add(provenance.waited().toNanos());
      if (requests.readers() > 1) {
        line.shared.increment();
      }
    } else if (!provenance.waited().isZero() && provenance.route() == Route.CACHED) {
      line.waitedNanos.add(provenance.waited().toNanos());
    }
  }

  /** The requests of a read took so many of the server's seats, as this read's share. */
  void seats(Consistency level, Route route, double seats) {
    level(level).by(route).seats.add(seats);
  }

  /**
   * A read that was answered by the server could have been answered from the cache behind a fence.
   * Reads that come while one would have been under way would have shared the next.
   *
   * @param latency of the fence
   */
  void couldHaveFenced(Consistency level, Route by, Route fence, Duration latency, long nowNanos) {
    Line line = level(level).by(by);
    line.fence = fence;
    long until = line.fencedUntilNanos.get();
    boolean isNext = line.fences.sum() == 0 || nowNanos - until >= 0;
    if (isNext && line.fencedUntilNanos.compareAndSet(until, nowNanos + latency.toNanos())) {
      line.fences.increment();
    }
  }

  /** A read failed. */
  void addFailed(Consistency level) {
    level(level).failed.increment();
  }

  private OfLevel level(Consistency level) {
    OfLevel known = levels.get(level.name());
    return known == null ? levels.computeIfAbsent(level.name(), unused -> new OfLevel()) : known;
  }

  /** Shows every line that something was put down on. */
  void show(Consumer<ReadAccount> visitor) {
    levels.forEach(
        (level, ofLevel) -> {
          for (Route route : Route.values()) {
            Line line = ofLevel.by(route);
            if (line.reads.sum() > 0) {
              visitor.accept(account(level, route, line));
            }
          }
          if (ofLevel.failed.sum() > 0) {
            visitor.accept(failed(level, ofLevel.failed.sum()));
          }
        });
  }

  private ReadAccount failed(String level, long reads) {
    return new ReadAccount(
        caller,
        kind,
        level,
        Optional.empty(),
        reads,
        0,
        0,
        0,
        0,
        0,
        Duration.ZERO,
        Optional.empty());
  }

  private ReadAccount account(String level, Route route, Line line) {
    long reads = line.reads.sum();
    long objects = line.objects.sum();
    return new ReadAccount(
        caller,
        kind,
        level,
        Optional.of(route),
        reads,
        objects,
        line.requests.sum(),
        line.shared.sum(),
        (long) line.bytes.sum(),
        line.seats.sum(),
        Duration.ofNanos(line.waitedNanos.sum()),
        instead(route, reads, objects, line));
  }

  private Optional<ReadAccount.Instead> instead(Route by, long reads, long objects, Line line) {
    return switch (by) {
      case CACHED, PROBE, BOOKMARK, TOUCH, SNAPSHOT -> {
        double bytes = objects * costs.now().bytesPerObject();
        yield Optional.of(new ReadAccount.Instead(Route.DIRECT, reads, (long) bytes));
      }
      case DIRECT ->
          line.fence == Route.DIRECT
              ? Optional.empty()
              : Optional.of(
                  new ReadAccount.Instead(
                      line.fence, line.fences.sum(), line.fences.sum() * Ways.FENCE_BYTES));
      case EXACT -> Optional.empty();
    };
  }
}
