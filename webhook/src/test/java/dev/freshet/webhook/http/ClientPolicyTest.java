package dev.freshet.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientPolicyTest {

  private static final Map<String, Endpoint> ENDPOINTS =
      Map.of(
          "/review", Endpoint.post(request -> HttpAnswer.text(200, "reviewed")),
          "/readyz", Endpoint.get(request -> HttpAnswer.text(200, "ready")),
          "/readyz/caches", Endpoint.get(request -> HttpAnswer.text(200, "caches ready")),
          "/readyzzz", Endpoint.get(request -> HttpAnswer.text(200, "not a probe")));

  @TempDir Path directory;
  private Site site;
  private HttpsServer server;

  @BeforeEach
  void start() throws Exception {
    site = new Site(directory);
    server = HttpsServer.start(site.options(), ENDPOINTS);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theNamedSubjectIsServed() throws Exception {
    try (var client = site.connect(server)) {
      assertThat(client.post("/review", "").body()).isEqualTo("reviewed\n");
    }
  }

  @Test
  void noCertificateIsAnsweredWithWhatIsMissing() throws Exception {
    try (var client = site.connectAsNobody(server)) {
      Client.Answer answer = client.post("/review", "");
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.body()).contains("client certificate is required");
    }
  }

  @Test
  void whoMayNotCallDoesNotLearnWhichPathsThereAre() throws Exception {
    try (var client = site.connectAsNobody(server)) {
      assertThat(client.post("/nowhere", "")).isEqualTo(client.post("/review", ""));
    }
  }

  @Test
  void anotherSubjectOfTheSameAuthorityIsForbidden() throws Exception {
    try (var client = site.connect(server, site.clients.issue("someone"))) {
      assertThat(client.post("/review", "").status()).isEqualTo(403);
    }
  }

  @Test
  void aSubjectWithTwoCommonNamesIsForbidden() throws Exception {
    for (String names : List.of("someone,CN=kube-apiserver", "kube-apiserver,CN=someone")) {
      try (var client = site.connect(server, site.clients.issue(names))) {
        assertThat(client.post("/review", "").status()).isEqualTo(403);
      }
    }
  }

  @Test
  void aCertificateOfAnotherAuthorityEndsTheHandshake() {
    // Of the same name, or the client would not even offer the certificate.
    var foreign = new TestAuthority("clients").issue(Site.API_SERVER);
    assertThatThrownBy(
            () -> {
              try (var client = site.connect(server, foreign)) {
                client.post("/review", "");
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void anExpiredCertificateEndsTheHandshake() {
    var expired = site.clients.issue(Site.API_SERVER, "EC", Instant.now().minusSeconds(60));
    assertThatThrownBy(
            () -> {
              try (var client = site.connect(server, expired)) {
                client.post("/review", "");
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void aProbeNeedsNoCertificate() throws Exception {
    try (var client = site.connectAsNobody(server)) {
      assertThat(client.get("/readyz?verbose").body()).isEqualTo("ready\n");
    }
  }

  @Test
  void whatIsBelowAProbeNeedsNoCertificate() throws Exception {
    try (var client = site.connectAsNobody(server)) {
      assertThat(client.get("/readyz/caches").body()).isEqualTo("caches ready\n");
    }
  }

  @Test
  void whatOnlyBeginsLikeAProbeNeedsACertificate() throws Exception {
    try (var client = site.connectAsNobody(server)) {
      assertThat(client.get("/readyzzz").status()).isEqualTo(401);
    }
  }

  @Test
  void anUnverifiedServerServesAnybody() throws Exception {
    TlsFiles files = site.secret.files();
    var options =
        ServerOptions.defaults(
                TlsFiles.of(files.certificate(), files.key()), new ClientPolicy.Unverified())
            .address(site.options().address());
    try (var open = HttpsServer.start(options, ENDPOINTS);
        var client = site.connectAsNobody(open)) {
      assertThat(client.post("/review", "").status()).isEqualTo(200);
    }
  }

  @Test
  void subjectsNeedAnAuthority() {
    TlsFiles files = TlsFiles.of(Path.of("tls.crt"), Path.of("tls.key"));
    var subjects = new ClientPolicy.Subjects(Set.of(Site.API_SERVER));
    assertThatThrownBy(() -> ServerOptions.defaults(files, subjects))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("client authority");
  }

  @Test
  void theSubjectIsTheSameOverBothVersionsOfTls() throws Exception {
    for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
      try (var client = new Client(server, site.servers, Optional.of(site.apiServer), protocol)) {
        assertThat(client.post("/review", "").status()).isEqualTo(200);
      }
    }
  }
}
