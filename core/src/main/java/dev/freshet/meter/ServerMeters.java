package dev.freshet.meter;

import dev.freshet.Load;
import dev.freshet.load.ServerSigns;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** The API server as our own requests meet it. */
record ServerMeters(Load load) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    counter(registry, "answered", ServerSigns::answered);
    counter(registry, "refused", ServerSigns::refused);
    counter(registry, "failed", ServerSigns::failed);
    counter(registry, "unanswered", ServerSigns::unanswered);
    gauge(
        registry,
        "latency",
        "seconds",
        "How long the headers of an answer take lately.",
        signs -> seconds(signs.latency()));
    gauge(
        registry,
        "pause",
        "seconds",
        "How long the API server wants to be left alone; 0 if it does not.",
        signs -> seconds(signs.pause()));
    gauge(registry, "in.flight", "requests", "Requests under way.", ServerSigns::inFlight);
    gauge(
        registry,
        "room",
        "requests",
        "How many of our requests it takes at a time, as found by trying.",
        ServerSigns::room);
  }

  private void counter(
      MeterRegistry registry, String outcome, ToDoubleFunction<ServerSigns> value) {
    FunctionCounter.builder(
            "freshet.server.responses", load, one -> value.applyAsDouble(one.server()))
        .description("Requests by how they ended.")
        .tag("outcome", outcome)
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      String unit,
      String says,
      ToDoubleFunction<ServerSigns> value) {
    Gauge.builder("freshet.server." + name, load, one -> value.applyAsDouble(one.server()))
        .description(says)
        .baseUnit(unit)
        .register(registry);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
