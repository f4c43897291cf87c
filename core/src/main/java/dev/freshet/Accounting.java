package dev.freshet;

import dev.freshet.error.FreshetException;
import dev.freshet.object.ResourceType;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts every read down as it ends: on its caller's ledger, for the flight recorder, and to whoever
 * observes. Thread-safe; for a read from the cache it allocates nothing.
 */
final class Accounting {
  private static final Logger LOG = LoggerFactory.getLogger(Accounting.class);

  private final Ledgers ledgers;
  private final ReadObserver[] observers;

  Accounting(Ledgers ledgers, List<ReadObserver> observers) {
    this.ledgers = ledgers;
    this.observers = observers.toArray(ReadObserver[]::new);
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
    ledger.add(level, answer);
    if (provenance.requests().sent() > 0) {
      weigh(serving, answer, ledger);
    }
    long took = provenance.waited().toNanos();
    FlightRecord.answered(scope.caller(), provenance, answer.objects().size(), took);
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
    ledgers.of(caller, kind).addFailed(serving.level());
    long took = serving.deadline().elapsed().toNanos();
    FlightRecord.failed(caller, kind, serving.level(), why, took);
    for (ReadObserver observer : observers) {
      try {
        observer.failed(caller, kind, serving.level(), why, took);
      } catch (RuntimeException e) {
        LOG.warn("An observer of reads failed", e);
      }
    }
  }

  /** What a read with requests has cost the server, and what a fence would have. */
  private static void weigh(Serving serving, Answer answer, Ledger ledger) {
    Provenance provenance = answer.provenance();
    Route route = provenance.route();
    double share = (double) provenance.requests().sent() / provenance.requests().readers();
    switch (route) {
      case DIRECT, EXACT -> {
        CacheView view = CacheView.of(serving.cluster(), serving.scope(), serving.query());
        ledger.seats(serving.level(), route, share * seats(serving, answer, view));
        if (route == Route.DIRECT) {
          compare(serving, view, ledger);
        }
      }
      case PROBE, BOOKMARK, TOUCH, CACHED, SNAPSHOT -> ledger.seats(serving.level(), route, share);
    }
  }

  private static int seats(Serving serving, Answer answer, CacheView view) {
    int scanned =
        serving.query().singleName().isPresent()
            ? 1
            : view instanceof CacheView.Ready ready ? ready.atServer() : answer.objects().size();
    var costs = serving.cluster().directCosts(serving.scope().type()).now();
    return Seats.ofList(answer.provenance().route(), scanned, costs.bytesPerObject());
  }

  private static void compare(Serving serving, CacheView view, Ledger ledger) {
    var measured = Measurements.of(serving.cluster(), serving.scope());
    Ways.of(serving.query(), view, measured, false).stream()
        .findFirst()
        .ifPresent(
            fence ->
                ledger.couldHaveFenced(
                    serving.level(),
                    Route.DIRECT,
                    fence.route(),
                    fence.latency().orElse(Duration.ZERO),
                    serving.cluster().time().monotonicNanos()));
  }
}
