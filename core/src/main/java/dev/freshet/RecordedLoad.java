package dev.freshet;

import dev.freshet.error.ConfigurationException;
import dev.freshet.govern.RefusalRecord;
import dev.freshet.load.Budget;
import dev.freshet.load.BudgetUse;
import dev.freshet.load.Priority;
import dev.freshet.object.ResourceType;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;

/**
 * The load that a program has put on the API server, from its flight recorder's events: the
 * accounts and the advice that its own {@link Load} would give if it had been opened when the
 * recording began. Thread-safe.
 *
 * <pre>{@code
 * var load = new RecordedLoad();
 * try (var recording = new RecordingFile(file)) {
 *   while (recording.hasMoreEvents()) {
 *     load.add(recording.readEvent());
 *   }
 * }
 * load.advice();
 * }</pre>
 *
 * <p>A recording is of a process. Where several clients of one process have callers of one name,
 * their reads stand on one account.
 */
public final class RecordedLoad {

  /** The event of a read. It is off unless a recording enables it. */
  public static final String READ = FlightRecord.NAME;

  /**
   * The event of a request that was not allowed in time, or that the server had no room for. It is
   * in every recording unless that disables it.
   */
  public static final String REFUSAL = RefusalRecord.NAME;

  /**
   * Recordings hold the events of each thread by themselves. Of the reads that a fence could have
   * answered so many are put into their order; one that comes later still may be counted as a fence
   * of its own. More than one chunk of a recording holds.
   */
  private static final int MAX_UNORDERED = 200_000;

  private final Map<ResourceType, ObjectSize> sizes = new HashMap<>();
  private final Ledgers ledgers =
      new Ledgers(kind -> sizes.computeIfAbsent(kind, unused -> new ObjectSize())::bytes);
  private final PriorityQueue<Weighed> unordered =
      new PriorityQueue<>(Comparator.comparingLong(Weighed::atNanos));
  private final Map<String, Refusals> refusals = new TreeMap<>();
  private Optional<Period> period = Optional.empty();
  private long reads;

  /** Of no event yet. */
  public RecordedLoad() {}

  /** From the beginning of the first read to the end of the last one. */
  public record Period(Instant from, Instant to) {

    private Period and(Period other) {
      return new Period(
          from.isBefore(other.from) ? from : other.from, to.isAfter(other.to) ? to : other.to);
    }
  }

  /** The weight of a read that is to be put down in its order. */
  private record Weighed(long atNanos, Ledger ledger, String level, Route route, Weight weight) {}

  /** What one object takes in a list, as the latest read knew it. */
  private static final class ObjectSize {
    private double bytes;
    private long asOfNanos;

    double bytes() {
      return bytes;
    }

    void learn(RecordedRead read) {
      if (bytes == 0 || read.endedAtNanos() - asOfNanos >= 0) {
        bytes = read.bytesPerObject();
        asOfNanos = read.endedAtNanos();
      }
    }
  }

  /** A caller's requests that were refused, and its budget as the last one met it. */
  private record Refusals(Budget budget, Priority priority, long overBudget, long byServer) {

    Refusals and(Refusals later) {
      return new Refusals(
          later.budget, later.priority, overBudget + later.overBudget, byServer + later.byServer);
    }
  }

  /**
   * Puts an event down, in any order; passes over those of others.
   *
   * @throws ConfigurationException if another version of Freshet has written it
   */
  public synchronized void add(RecordedEvent event) {
    String name = event.getEventType().getName();
    try {
      if (name.equals(READ)) {
        read(event);
      } else if (name.equals(REFUSAL)) {
        refused(event);
      }
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "the event " + name + " is of another version of Freshet: " + e.getMessage(),
          "Read it with the version that the recorded program uses.",
          e);
    }
  }

  private void read(RecordedEvent event) {
    RecordedRead read = RecordedRead.of(event);
    Ledger ledger = ledgers.of(read.caller(), read.kind());
    sizes.computeIfAbsent(read.kind(), unused -> new ObjectSize()).learn(read);
    if (read.route().isEmpty()) {
      ledger.addFailed(read.level());
    } else {
      answered(read, read.route().get(), ledger);
    }
    Instant end = event.getEndTime();
    var own = new Period(end.minus(read.took()), end);
    period = Optional.of(period.map(own::and).orElse(own));
    reads++;
  }

  private void answered(RecordedRead read, Route route, Ledger ledger) {
    ledger.add(read.level(), route, read.objects(), read.requests(), read.bytes(), read.took());
    if (read.weight().instead().isEmpty()) {
      ledger.weigh(read.level(), route, read.weight());
    } else {
      unordered.add(new Weighed(read.endedAtNanos(), ledger, read.level(), route, read.weight()));
      weighAllBut(MAX_UNORDERED);
    }
  }

  private void weighAllBut(int last) {
    while (unordered.size() > last) {
      Weighed next = unordered.remove();
      next.ledger().weigh(next.level(), next.route(), next.weight());
    }
  }

  private void refused(RecordedEvent event) {
    var budget =
        new Budget(
            event.getDouble("requestsPerSecond"),
            event.getInt("concurrent"),
            event.getLong("bytesPerSecond"),
            event.getDuration("burst"));
    boolean byServer = event.getBoolean("byServer");
    refusals.merge(
        event.getString("caller"),
        new Refusals(
            budget,
            Priority.valueOf(event.getString("priority")),
            byServer ? 0 : 1,
            byServer ? 1 : 0),
        Refusals::and);
  }

  /** How many reads there were, those that failed included. */
  public synchronized long reads() {
    return reads;
  }

  /** When they were; empty if there were none. */
  public synchronized Optional<Period> period() {
    return period;
  }

  /** What they have cost, by caller, kind, level and route. */
  public synchronized List<ReadAccount> accounts() {
    weighAllBut(0);
    return ledgers.accounts();
  }

  /** What would be cheaper than what was done, in words; the most expensive habits first. */
  public synchronized List<Advice> advice() {
    return Adviser.advise(accounts(), refusals.entrySet().stream().map(RecordedLoad::use).toList());
  }

  /** What is known of a caller's budget: its refusals. */
  private static BudgetUse use(Map.Entry<String, Refusals> caller) {
    Refusals of = caller.getValue();
    return new BudgetUse(
        caller.getKey(),
        of.budget(),
        of.priority(),
        0,
        0,
        0,
        0,
        0,
        Duration.ZERO,
        of.overBudget(),
        of.byServer());
  }
}
