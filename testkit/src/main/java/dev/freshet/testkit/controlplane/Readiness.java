package dev.freshet.testkit.controlplane;

import dev.freshet.testkit.TestkitException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;

/** Asks a server's {@code /readyz}, as Kubernetes and etcd both call it. Thread-safe. */
final class Readiness {
  private static final Duration ASK_WITHIN = Duration.ofSeconds(2);
  private static final int OK = 200;

  private final HttpClient client;

  /** Asks as nobody: who trusts {@code authority} may ask. */
  Readiness(CertificateAuthority authority) {
    Config trusting =
        new ConfigBuilder(Config.empty())
            .withCaCertData(Kubeconfig.encoded(authority.certificate()))
            .build();
    try {
      client = HttpClient.newBuilder().sslContext(SSLUtils.sslContext(trusting)).build();
    } catch (GeneralSecurityException | IOException e) {
      throw new TestkitException("Cannot use the control plane's own certificates.", e);
    }
  }

  boolean of(URI server) {
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
