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
import java.util.function.DoubleSupplier;

/**
 * What one caller's reads of one kind have cost, by level and route. Thread-safe; putting a read
 * down allocates nothing.
 */
final class Ledger {

  private final String caller;
  private final ResourceType kind;
  private final DoubleSupplier bytesPerObject;
  private final Map<String, OfLevel> levels = new ConcurrentHashMap<>();

  Ledger(String caller, ResourceType kind, DoubleSupplier bytesPerObject) {
    this.caller = caller;
    this.kind = kind;
    this.bytesPerObject = bytesPerObject;
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

  /**
   * A read was answered.
   *
   * @param level its name
   * @param bytes of the answer, for all who shared it
   */
  void add(
      String level,
      Route route,
      int objects,
      Provenance.Requests requests,
      long bytes,
      Duration waited) {
    Line line = level(level).by(route);
    line.reads.increment();
    line.objects.add(objects);
    if (requests.sent() > 0) {
      line.requests.add((double) requests.sent() / requests.readers());
      line.bytes.add((double) bytes / requests.readers());
      line.waitedNanos.add(waited.toNanos());
      if (requests.readers() > 1) {
        line.shared.increment();
      }
    } else if (!waited.isZero() && route == Route.CACHED) {
      line.waitedNanos.add(waited.toNanos());
    }
  }

  /** The requests of a read weighed so much. */
  void weigh(String level, Route route, Weight weight) {
    Line line = level(level).by(route);
    line.seats.add(weight.seats());
    weight.instead().ifPresent(fence -> couldHaveFenced(line, fence));
  }

  /** Reads that come while a fence would have been under way would have shared the next. */
  private static void couldHaveFenced(Line line, Weight.ByFence fence) {
    line.fence = fence.route();
    long until = line.fencedUntilNanos.get();
    boolean isNext = line.fences.sum() == 0 || fence.atNanos() - until >= 0;
    long over = fence.atNanos() + fence.latency().toNanos();
    if (isNext && line.fencedUntilNanos.compareAndSet(until, over)) {
      line.fences.increment();
    }
  }

  /** A read failed. */
  void addFailed(String level) {
    level(level).failed.increment();
  }

  private OfLevel level(String name) {
    OfLevel known = levels.get(name);
    return known == null ? levels.computeIfAbsent(name, unused -> new OfLevel()) : known;
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
        double bytes = objects * bytesPerObject.getAsDouble();
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
