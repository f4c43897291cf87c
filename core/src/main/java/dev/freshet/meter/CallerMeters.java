package dev.freshet.meter;

import dev.freshet.Load;
import dev.freshet.load.BudgetUse;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What callers use of their budgets; a caller is shown from its first read on. Thread-safe. */
final class CallerMeters {
  /** Callers that have meters; the governor itself tells no more apart. */
  private static final int MAX_CALLERS = 1_000;

  private final Set<String> met = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Shown shown;

  private record Shown(Load load, MeterRegistry registry) {}

  /** A caller has read. */
  void met(String caller) {
    if (!met.contains(caller) && met.size() < MAX_CALLERS && met.add(caller)) {
      Shown where = shown;
      if (where != null) {
        register(caller, where);
      }
    }
  }

  /** Shows those who have been met, and all who will be. */
  void show(Load load, MeterRegistry registry) {
    var where = new Shown(load, registry);
    shown = where;
    met.add(load.ownCaller());
    load.budgets().forEach(use -> met.add(use.caller()));
    met.forEach(caller -> register(caller, where));
  }

  /** Registering twice gives the same meters, so a caller that is met meanwhile does no harm. */
  private static void register(String caller, Shown where) {
    var of = new OfCaller(caller, where);
    of.counter("requests", "Requests that were sent.", BudgetUse::requests);
    of.counter("retries", "Requests that were sent again after a refusal.", BudgetUse::retries);
    of.counter("over.budget", "Requests that were not allowed in time.", BudgetUse::overBudget);
    of.counter("refused", "Requests that the API server had no room for.", BudgetUse::refused);
    of.counter("received", "Bytes of answers as they travelled.", "bytes", BudgetUse::bytes);
    of.counter(
        "wait",
        "How long requests have waited for the budget.",
        "seconds",
        use -> seconds(use.waited()));
    of.gauge("in.flight", "Requests that are under way.", BudgetUse::inFlight);
    of.gauge("waiting", "Requests that wait to be allowed.", BudgetUse::waiting);
  }

  private record OfCaller(String caller, Shown where) {

    void counter(String name, String says, ToDoubleFunction<BudgetUse> value) {
      counter(name, says, null, value);
    }

    void counter(
        String name, String says, @Nullable String unit, ToDoubleFunction<BudgetUse> value) {
      FunctionCounter.builder("freshet.caller." + name, where.load(), load -> of(load, value))
          .description(says)
          .baseUnit(unit)
          .tag("caller", caller)
          .register(where.registry());
    }

    void gauge(String name, String says, ToDoubleFunction<BudgetUse> value) {
      Gauge.builder("freshet.caller." + name, where.load(), load -> of(load, value))
          .description(says)
          .tag("caller", caller)
          .register(where.registry());
    }

    private double of(Load load, ToDoubleFunction<BudgetUse> value) {
      return load.budget(caller).map(value::applyAsDouble).orElse(0.0);
    }
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
