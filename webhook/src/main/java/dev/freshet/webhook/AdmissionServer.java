package dev.freshet.webhook;

import dev.freshet.error.ConfigurationException;
import dev.freshet.fabric8.Freshet;
import dev.freshet.webhook.http.AnswerCounts;
import dev.freshet.webhook.http.Endpoint;
import dev.freshet.webhook.http.HttpAnswer;
import dev.freshet.webhook.http.HttpRequest;
import dev.freshet.webhook.http.HttpsServer;
import dev.freshet.webhook.http.ServerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Serves webhooks to the API servers of a cluster over HTTPS: each at {@link Webhook#path()}, and
 * {@code /livez}, {@code /healthz} and {@code /readyz} for kubelet. Thread-safe.
 *
 * <pre>{@code
 * var tls = TlsFiles.of(Path.of("tls.crt"), Path.of("tls.key"), Path.of("client-ca.crt"));
 * var options = ServerOptions.defaults(tls, new ClientPolicy.Subjects(Set.of("kube-apiserver")));
 * try (var freshet = Freshet.connect(o -> o.cache(Pod.class));
 *     var server = AdmissionServer.start(freshet, options, List.of(webhook))) {
 *   server.drainAtExit(Duration.ofSeconds(5), Duration.ofSeconds(20));
 *   …
 * }
 * }</pre>
 */
public final class AdmissionServer implements AutoCloseable {

  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private static final Duration CLOSES_WITHIN = Duration.ofSeconds(2);

  private final Freshet freshet;
  private final Map<String, AdmissionEndpoint<?>> endpoints;
  private final HttpsServer server;
  private final CountDownLatch draining = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  private AdmissionServer(
      Freshet freshet, ServerOptions options, Map<String, AdmissionEndpoint<?>> endpoints) {
    this.freshet = freshet;
    this.endpoints = endpoints;
    Map<String, Endpoint> paths = new LinkedHashMap<>();
    endpoints
        .values()
        .forEach(one -> paths.put(one.webhook().path(), Endpoint.post(r -> answer(one, r))));
    paths.put("/livez", Endpoint.get(request -> HttpAnswer.text(OK, "alive")));
    paths.put("/healthz", Endpoint.get(request -> HttpAnswer.text(OK, "alive")));
    paths.put("/readyz", Endpoint.get(request -> readiness()));
    this.server = HttpsServer.start(options, paths);
  }

  /**
   * Starts to serve. Reviews that come before the caches are synced get the declared answers; route
   * to it only what is ready.
   *
   * @throws ConfigurationException if the keys cannot be read, or two webhooks have one name
   */
  public static AdmissionServer start(
      Freshet freshet, ServerOptions options, List<Webhook<?>> webhooks) {
    return start(freshet, options, webhooks, ReviewObserver.NONE);
  }

  /**
   * The same.
   *
   * @param observer hears how each review ends; {@link AdmissionMetrics} is one
   */
  public static AdmissionServer start(
      Freshet freshet, ServerOptions options, List<Webhook<?>> webhooks, ReviewObserver observer) {
    Map<String, AdmissionEndpoint<?>> endpoints = new LinkedHashMap<>();
    for (Webhook<?> webhook : webhooks) {
      if (endpoints.put(webhook.name(), new AdmissionEndpoint<>(freshet, webhook, observer))
          != null) {
        throw new ConfigurationException(
            "two webhooks are called " + webhook.name(), "Give each a name of its own.");
      }
    }
    return new AdmissionServer(freshet, options, endpoints);
  }

  private static HttpAnswer answer(AdmissionEndpoint<?> endpoint, HttpRequest request)
      throws InterruptedException {
    Duration gone = Duration.ofNanos(System.nanoTime() - request.receivedNanos());
    Optional<Duration> timeout =
        Optional.ofNullable(request.query().get("timeout")).flatMap(GoDuration::parse);
    try {
      return HttpAnswer.json(
          endpoint.answer(
              request.contentType(),
              request.body(),
              timeout.map(waits -> atLeastSomething(waits.minus(gone)))));
    } catch (BadReviewException e) {
      return HttpAnswer.text(e.status(), e.problem());
    }
  }

  /** A review whose time is over gets the declared answer like any other. */
  private static Duration atLeastSomething(Duration left) {
    return left.isPositive() ? left : Duration.ofNanos(1);
  }

  private HttpAnswer readiness() {
    return unready()
        .map(why -> HttpAnswer.text(UNAVAILABLE, why))
        .orElseGet(() -> HttpAnswer.text(OK, "ready"));
  }

  private Optional<String> unready() {
    if (draining.getCount() == 0) {
      return Optional.of("draining");
    }
    return freshet.health().stream()
        .filter(cache -> cache.frontier().isEmpty())
        .findFirst()
        .map(cache -> "no list of " + cache.type() + " yet");
  }

  /** Whether reviews may be routed here: its caches are synced, and it is not draining. */
  public boolean isReady() {
    return unready().isEmpty();
  }

  /** What is served here. */
  public List<Webhook<?>> webhooks() {
    List<Webhook<?>> all = new ArrayList<>();
    endpoints.values().forEach(endpoint -> all.add(endpoint.webhook()));
    return all;
  }

  /** How many connections there are, idle ones included. */
  public int connections() {
    return server.connections();
  }

  /** How requests have been answered so far, refusals included. */
  public AnswerCounts answers() {
    return server.answers();
  }

  /** Where it listens. */
  public int port() {
    return server.port();
  }

  /** When the certificate that is served expires. */
  public Instant certificateExpiry() {
    return server.certificateExpiry();
  }

  /** How the reviews of a webhook that is served here have ended. */
  public ReviewCounts counts(Webhook<?> webhook) {
    AdmissionEndpoint<?> endpoint = endpoints.get(webhook.name());
    if (endpoint == null) {
      throw new IllegalArgumentException(webhook.name() + " is not served here");
    }
    return endpoint.counts();
  }

  /**
   * Stops without losing a review: says at once that it is not ready, serves on until nobody is
   * routed here any more, then accepts no connection and lets what is under way finish. Blocks.
   *
   * @param routed how long reviews may still be routed here: what kube-proxy and the readiness
   *     probe take
   * @param atMost how long reviews under way are waited for
   */
  public void drain(Duration routed, Duration atMost) {
    draining.countDown();
    try {
      boolean ended = closed.await(routed.toNanos(), TimeUnit.NANOSECONDS);
      if (!ended) {
        server.drain(atMost);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      server.drain(CLOSES_WITHIN);
    }
  }

  /**
   * Drains when the program is told to end, as by SIGTERM; the same times as for {@link #drain}.
   */
  public void drainAtExit(Duration routed, Duration atMost) {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> drain(routed, atMost), "freshet-webhook-drain"));
  }

  /** Ends it shortly. Idempotent. */
  @Override
  public void close() {
    draining.countDown();
    closed.countDown();
    server.close();
  }
}
