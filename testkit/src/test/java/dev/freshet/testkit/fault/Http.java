package dev.freshet.testkit.fault;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The JDK's HTTP client with the trust of a fabric8 configuration. */
final class Http implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final URI server;
  private final HttpClient client;

  Http(Config config, HttpClient.Version version) throws Exception {
    server = URI.create(config.getMasterUrl());
    client =
        HttpClient.newBuilder().version(version).sslContext(SSLUtils.sslContext(config)).build();
  }

  Http(Config config) throws Exception {
    this(config, HttpClient.Version.HTTP_2);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
  }

  CompletableFuture<HttpResponse<String>> get(String path) {
    return client.sendAsync(request(path).build(), BodyHandlers.ofString());
  }

  /** Completes when the headers are there. */
  CompletableFuture<HttpResponse<InputStream>> open(String path) {
    return client.sendAsync(request(path).build(), BodyHandlers.ofInputStream());
  }

  CompletableFuture<HttpResponse<String>> post(String path, String body) {
    return client.sendAsync(
        request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
