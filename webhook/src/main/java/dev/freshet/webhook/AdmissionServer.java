package dev.freshet.webhook;

import dev.freshet.error.ConfigurationException;
import dev.freshet.fabric8.Freshet;
import dev.freshet.webhook.http.Endpoint;
import dev.freshet.webhook.http.HttpAnswer;
import dev.freshet.webhook.http.HttpRequest;
import dev.freshet.webhook.http.HttpsServer;
import dev.freshet.webhook.http.ServerOptions;
import java.time.Duration;
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
    Map<String, AdmissionEndpoint<?>> endpoints = new LinkedHashMap<>();
    for (Webhook<?> webhook : webhooks) {
      if (endpoints.put(webhook.name(), new AdmissionEndpoint<>(freshet, webhook)) != null) {
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
    if (draining.getCount() == 0) {
      return HttpAnswer.text(UNAVAILABLE, "draining");
    }
    return freshet.health().stream()
        .filter(cache -> cache.frontier().isEmpty())
        .findFirst()
        .map(cache -> HttpAnswer.text(UNAVAILABLE, "no list of " + cache.type() + " yet"))
        .orElseGet(() -> HttpAnswer.text(OK, "ready"));
  }

  /** Where it listens. */
  public int port() {
    return server.port();
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
