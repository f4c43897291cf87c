package dev.freshet.webhook;

import dev.freshet.webhook.ReviewCounts.Outcome;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What webhooks do, as Micrometer meters; {@code docs/reference/metrics.md} names them all. Needs
 * {@code micrometer-core}, which is the program's to bring. Labels are bounded: the webhooks that
 * are served, how reviews end, and the statuses that the server answers with. Thread-safe.
 *
 * <pre>{@code
 * var metrics = new AdmissionMetrics(registry);
 * var server = AdmissionServer.start(freshet, options, webhooks, metrics);
 * metrics.watch(server);
 * }</pre>
 */
public final class AdmissionMetrics implements ReviewObserver {

  /** Every status that {@link dev.freshet.webhook.http.HttpsServer} and its endpoints answer. */
  private static final List<Integer> STATUSES =
      List.of(200, 400, 401, 403, 404, 405, 408, 413, 414, 415, 429, 431, 500, 503);

  /** The API server waits no longer. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final MeterRegistry registry;
  private final Map<Ended, Timer> reviews = new ConcurrentHashMap<>();

  /** How a review of a webhook ended. */
  private record Ended(String webhook, Outcome outcome) {}

  public AdmissionMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void ended(String webhook, Outcome outcome, Duration took) {
    reviews.computeIfAbsent(new Ended(webhook, outcome), this::timer).record(took);
  }

  private Timer timer(Ended ended) {
    return Timer.builder("freshet.webhook.review")
        .description("What reviews took, by how they ended.")
        .tag("webhook", ended.webhook())
        .tag("outcome", ended.outcome().name().toLowerCase(Locale.ROOT))
        .publishPercentileHistogram()
        .minimumExpectedValue(SHORTEST)
        .maximumExpectedValue(LONGEST)
        .register(registry);
  }

  /** Shows the server itself: one for each registry. */
  public void watch(AdmissionServer server) {
    for (Webhook<?> webhook : server.webhooks()) {
      for (Outcome outcome : Outcome.values()) {
        // Shown before the first one ends, so that a rate begins with it.
        reviews.computeIfAbsent(new Ended(webhook.name(), outcome), this::timer);
      }
    }
    for (int status : STATUSES) {
      FunctionCounter.builder(
              "freshet.webhook.http.responses", server, one -> one.answers().of(status))
          .description("Answers by HTTP status; all but 200 and 503 are refusals.")
          .tag("status", Integer.toString(status))
          .register(registry);
    }
    Gauge.builder("freshet.webhook.http.connections", server, AdmissionServer::connections)
        .description("Connections that are open, idle ones included.")
        .register(registry);
    Gauge.builder("freshet.webhook.ready", server, one -> one.isReady() ? 1 : 0)
        .description("1 while reviews may be routed here, as /readyz says.")
        .register(registry);
    TimeGauge.builder(
            "freshet.webhook.certificate.expiry",
            server,
            TimeUnit.SECONDS,
            one -> one.certificateExpiry().getEpochSecond())
        .description("When the certificate that is served expires, in seconds since 1970.")
        .register(registry);
  }
}
