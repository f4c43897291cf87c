package dev.freshet.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ConfigurationException;
import dev.freshet.webhook.http.TestAuthority.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTest {

  private static final Duration NEVER = Duration.ofDays(1);

  @TempDir Path directory;
  private final Held held = new Held();
  private Site site;
  private HttpsServer server;

  @BeforeEach
  void start() throws Exception {
    site = new Site(directory);
    server = start(NEVER);
  }

  private HttpsServer start(Duration reloadEvery) {
    return HttpsServer.start(
        site.options().reloadEvery(reloadEvery),
        Map.of(
            "/review",
            Endpoint.post(request -> HttpAnswer.text(200, "reviewed")),
            "/held",
            Endpoint.post(held)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private X509Certificate served(HttpsServer by) throws IOException {
    try (var client = site.connect(by)) {
      return client.serverCertificate();
    }
  }

  @Test
  void newConnectionsGetTheNewCertificate() throws Exception {
    Pair next = site.servers.issue("next");
    site.publish(next);
    assertThat(server.reload()).isTrue();
    assertThat(served(server)).isEqualTo(next.certificate());
  }

  @Test
  void aConnectionUnderWayGoesOn() throws Exception {
    try (var client = site.connect(server)) {
      client.send(Client.posted("/held", ""));
      held.awaitRequest();
      site.publish(site.servers.issue("next"));
      assertThat(server.reload()).isTrue();
      held.release();
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.post("/review", "").status()).isEqualTo(200);
    }
  }

  @Test
  void aKeyOfAnotherCertificateIsNeverTaken() throws Exception {
    X509Certificate before = served(server);
    Pair next = site.servers.issue("next");
    Pair other = site.servers.issue("other");
    site.secret.publish(next.certificatePem(), other.keyPem(), site.clients.pem());
    assertThat(server.reload()).isFalse();
    assertThat(served(server)).isEqualTo(before);
    site.publish(next);
    assertThat(server.reload()).isTrue();
    assertThat(served(server)).isEqualTo(next.certificate());
  }

  @Test
  void whatIsNoCertificateIsNeverTaken() throws Exception {
    X509Certificate before = served(server);
    Pair next = site.servers.issue("next");
    for (String certificate : new String[] {"", "no certificate", "-----BEGIN CERTIFICATE-----"}) {
      site.secret.publish(certificate, next.keyPem(), site.clients.pem());
      assertThat(server.reload()).isFalse();
    }
    site.secret.publish(next.certificatePem(), next.keyPem(), "no authority");
    assertThat(server.reload()).isFalse();
    assertThat(served(server)).isEqualTo(before);
  }

  @Test
  void filesThatAreGoneChangeNothing() throws Exception {
    X509Certificate before = served(server);
    Files.delete(directory.resolve("..data"));
    assertThat(server.reload()).isFalse();
    assertThat(served(server)).isEqualTo(before);
  }

  @Test
  void theSameFilesAgainAreNothingNew() {
    assertThat(server.reload()).isFalse();
  }

  @Test
  void aNewClientAuthorityIsTaken() throws Exception {
    Pair server = site.servers.issue("server");
    var authority = new TestAuthority("new clients");
    Pair client = authority.issue(Site.API_SERVER);
    assertThat(statusOf(client)).isEqualTo(401);
    site.secret.publish(server.certificatePem(), server.keyPem(), authority.pem());
    assertThat(this.server.reload()).isTrue();
    assertThat(statusOf(client)).isEqualTo(200);
    assertThat(statusOf(site.apiServer)).isEqualTo(401);
  }

  @Test
  void twoClientAuthoritiesMayOverlap() throws Exception {
    Pair pair = site.servers.issue("server");
    var authority = new TestAuthority("new clients");
    site.secret.publish(pair.certificatePem(), pair.keyPem(), site.clients.pem() + authority.pem());
    assertThat(server.reload()).isTrue();
    assertThat(statusOf(site.apiServer)).isEqualTo(200);
    assertThat(statusOf(authority.issue(Site.API_SERVER))).isEqualTo(200);
  }

  private int statusOf(Pair own) throws IOException {
    try (var client = site.connect(server, own)) {
      return client.post("/review", "").status();
    }
  }

  @Test
  void theExpiryIsThatOfTheServedCertificate() throws Exception {
    Instant until = Instant.now().plus(Duration.ofDays(7)).truncatedTo(ChronoUnit.SECONDS);
    site.publish(site.servers.issue("next", "EC", until));
    assertThat(server.certificateExpiry()).isNotEqualTo(until);
    assertThat(server.reload()).isTrue();
    assertThat(server.certificateExpiry()).isEqualTo(until);
  }

  @Test
  void changedFilesAreFoundWithoutBeingAsked() throws Exception {
    Instant until = Instant.now().plus(Duration.ofDays(7)).truncatedTo(ChronoUnit.SECONDS);
    try (var follows = start(Duration.ofMillis(10))) {
      site.publish(site.servers.issue("next", "EC", until));
      Site.await(() -> follows.certificateExpiry().equals(until));
    }
  }

  @Test
  void aServerDoesNotStartWithAKeyOfAnotherCertificate() throws Exception {
    Pair one = site.servers.issue("one");
    Pair other = site.servers.issue("other");
    site.secret.publish(one.certificatePem(), other.keyPem(), site.clients.pem());
    assertThatThrownBy(() -> start(NEVER))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is not the key of its certificate");
  }

  @Test
  void aServerDoesNotStartOnAPortThatIsTaken() {
    assertThatThrownBy(() -> HttpsServer.start(site.options().address(server.address()), Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("cannot listen on");
  }
}
