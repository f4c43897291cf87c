package dev.freshet.trials.admission;

import dev.freshet.testkit.controlplane.ClientTls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Asks a replica whether it is ready, without a certificate, as kubelet does. */
final class Readiness {
  private static final Duration WITHIN = Duration.ofSeconds(1);
  private static final int OK = 200;

  private final HttpClient client;
  private final HttpRequest request;

  Readiness(int port, String authority) {
    this.client =
        HttpClient.newBuilder().sslContext(ClientTls.context(authority, Optional.empty())).build();
    this.request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/readyz"))
            .timeout(WITHIN)
            .build();
  }

  boolean isReady() {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException gone) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
