package dev.freshet;

import dev.freshet.error.FreshetException;
import dev.freshet.object.ResourceType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jdk.jfr.FlightRecorder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts every read down as it ends: on its caller's ledger, for the flight recorder, and to whoever
 * observes. Thread-safe; for a read from the cache it allocates nothing.
 */
final class Accounting {
  private static final Logger LOG = LoggerFactory.getLogger(Accounting.class);

  /**
   * What ends sooner, as a command does, and a first list need not wake up the flight recorder:
   * that takes a tenth of the time of a short list.
   */
  private static final Duration ANNOUNCED_AFTER = Duration.ofSeconds(5);

  private final Ledgers ledgers;
  private final ReadObserver[] observers;

  Accounting(Ledgers ledgers, List<ReadObserver> observers) {
    this.ledgers = ledgers;
    this.observers = observers.toArray(ReadObserver[]::new);
    CompletableFuture.delayedExecutor(ANNOUNCED_AFTER.toMillis(), TimeUnit.MILLISECONDS)
        .execute(Accounting::announce);
  }

  // A reference to the method itself would load that class now.
  private static void announce() {
    FlightRecord.announce();
  }

  /** What every caller's reads have cost. */
  List<ReadAccount> accounts() {
    return ledgers.accounts();
  }

  /** A read was answered. */
  void answered(Serving serving, Answer answer) {
    Scope scope = serving.scope();
    Consistency level = serving.level();
    Provenance provenance = answer.provenance();
    Ledger ledger = ledgers.of(scope.caller(), scope.type());
    ledger.add(
        level.name(),
        provenance.route(),
        answer.objects().size(),
        provenance.requests(),
        provenance.bytes().body(),
        provenance.waited());
    Weight weight = Weight.NONE;
    if (provenance.requests().sent() > 0) {
      weight = weigh(serving, answer);
      ledger.weigh(level.name(), provenance.route(), weight);
    }
    if (FlightRecorder.isInitialized()) {
      FlightRecord.answered(serving, answer, weight);
    }
    long took = provenance.waited().toNanos();
    for (ReadObserver observer : observers) {
      try {
        observer.answered(scope.caller(), provenance, took);
      } catch (RuntimeException e) {
        LOG.warn("An observer of reads failed", e);
      }
    }
  }

  /** A read failed. */
  void failed(Serving serving, FreshetException why) {
    String caller = serving.scope().caller();
    ResourceType kind = serving.scope().type();
    ledgers.of(caller, kind).addFailed(serving.level().name());
    long took = serving.deadline().elapsed().toNanos();
    if (FlightRecorder.isInitialized()) {
      FlightRecord.failed(serving, why, took);
    }
    for (ReadObserver observer : observers) {
      try {
        observer.failed(caller, kind, serving.level(), why, took);
      } catch (RuntimeException e) {
        LOG.warn("An observer of reads failed", e);
      }
    }
  }

  /** What a read with requests has weighed on the server, and what would have done instead. */
  private static Weight weigh(Serving serving, Answer answer) {
    Provenance provenance = answer.provenance();
    Route route = provenance.route();
    double share = (double) provenance.requests().sent() / provenance.requests().readers();
    return switch (route) {
      case DIRECT, EXACT -> {
        CacheView view = CacheView.of(serving.cluster(), serving.scope(), serving.query());
        yield new Weight(
            share * seats(serving, answer, view),
            route == Route.DIRECT ? byFence(serving, view) : Optional.empty());
      }
      case PROBE, BOOKMARK, TOUCH, CACHED, SNAPSHOT -> new Weight(share, Optional.empty());
    };
  }

  private static int seats(Serving serving, Answer answer, CacheView view) {
    int scanned =
        serving.query().singleName().isPresent()
            ? 1
            : view instanceof CacheView.Ready ready ? ready.atServer() : answer.objects().size();
    var costs = serving.cluster().directCosts(serving.scope().type());
    return Seats.ofList(answer.provenance().route(), scanned, costs.bytesPerObject());
  }

  /** The fence that would have answered from the cache; empty if there is none. */
  private static Optional<Weight.ByFence> byFence(Serving serving, CacheView view) {
    var measured = Measurements.of(serving.cluster(), serving.scope());
    return Ways.of(serving.query(), view, measured, false).stream()
        .findFirst()
        .map(
            fence ->
                new Weight.ByFence(
                    fence.route(),
                    fence.latency().orElse(Duration.ZERO),
                    serving.cluster().time().monotonicNanos()));
  }
}
