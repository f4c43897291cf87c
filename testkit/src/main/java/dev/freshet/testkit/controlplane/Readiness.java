package dev.freshet.testkit.controlplane;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Asks a server's {@code /readyz}, as Kubernetes, etcd and webhooks call it, without a certificate,
 * as kubelet does. Thread-safe.
 */
public final class Readiness {
  private static final Duration ASK_WITHIN = Duration.ofSeconds(2);
  private static final int OK = 200;

  private final HttpClient client;

  /** Of servers whose certificate this authority issued. */
  public Readiness(CertificateAuthority authority) {
    SSLContext trusting = ClientTls.context(authority.certificate(), Optional.empty());
    client = HttpClient.newBuilder().sslContext(trusting).build();
  }

  /** Whether it says within two seconds that it is. */
  public boolean of(URI server) {
    var request = HttpRequest.newBuilder(server.resolve("/readyz")).timeout(ASK_WITHIN).build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
