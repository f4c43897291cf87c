package dev.freshet.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.freshet.error.ConfigurationException;
import dev.freshet.transport.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OidcTokensTest {

  private final TestClock clock = new TestClock();

  @TempDir private Path directory;

  private static String jwt(String name, Instant expiry) {
    String claims = "{\"sub\":\"" + name + "\",\"exp\":" + expiry.getEpochSecond() + "}";
    var url = Base64.getUrlEncoder().withoutPadding();
    return "e30." + url.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".sig";
  }

  private static FakeApi issuer(String answer, int status) {
    return FakeApi.plain(exchange -> answer(exchange, answer, status));
  }

  private static void answer(HttpExchange exchange, String answer, int status) throws IOException {
    String host = "http://" + exchange.getRequestHeaders().getFirst("Host");
    if (exchange.getRequestURI().getPath().endsWith("/.well-known/openid-configuration")) {
      FakeApi.reply(exchange, 200, "{\"token_endpoint\":\"" + host + "/token\"}");
    } else {
      FakeApi.reply(exchange, status, answer);
    }
  }

  private Path kubeconfig(String issuer, String idToken) throws IOException {
    return KubeconfigFile.write(
        directory.resolve("config"),
        "https://127.0.0.1:1",
        "",
        "auth-provider:",
        "  name: oidc",
        "  config:",
        "    idp-issuer-url: " + issuer,
        "    client-id: me",
        "    client-secret: secret-canary",
        "    refresh-token: refresh-canary",
        "    id-token: " + idToken);
  }

  private Fabric8Credentials credentials(Path kubeconfig) {
    var config = ConfigLoader.ofProcess().load(Optional.of(kubeconfig), Optional.empty());
    var source = new AccessSource(config, directory.resolve("no-service-account"));
    return new Fabric8Credentials(source::read, clock);
  }

  private static List<String> authorization(Identity identity) {
    return identity.headers().getOrDefault("Authorization", List.of());
  }

  @Test
  void aTokenThatIsStillGoodIsUsedWithoutAsking() throws Exception {
    String good = jwt("good", clock.instant().plusSeconds(60));
    try (var issuer = issuer("{}", 200)) {
      var credentials = credentials(kubeconfig(issuer.url(), good));
      assertThat(authorization(credentials.current())).containsExactly("Bearer " + good);
      assertThat(issuer.seen()).isEmpty();
    }
  }

  @Test
  void anExpiredTokenIsRefreshedAndWrittenDown() throws Exception {
    String expired = jwt("expired", clock.instant().minusSeconds(1));
    String fresh = jwt("fresh", clock.instant().plusSeconds(600));
    String answer = "{\"id_token\":\"" + fresh + "\",\"refresh_token\":\"next-refresh\"}";
    try (var issuer = issuer(answer, 200)) {
      Path file = kubeconfig(issuer.url(), expired);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
      var credentials = credentials(file);
      assertThat(authorization(credentials.current())).containsExactly("Bearer " + fresh);
      assertThat(issuer.seen())
          .extracting(FakeApi.Seen::method, FakeApi.Seen::path)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("GET", "/.well-known/openid-configuration"),
              org.assertj.core.groups.Tuple.tuple("POST", "/token"));
      assertThat(Files.readString(file)).contains(fresh, "next-refresh", "secret-canary");
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
      clock.pass(Fabric8Credentials.RENEW_EVERY);
      assertThat(authorization(credentials.current())).containsExactly("Bearer " + fresh);
      assertThat(issuer.seen()).hasSize(2);
    }
  }

  @Test
  void a401RefreshesOnce() throws Exception {
    String refused = jwt("refused", clock.instant().plusSeconds(600));
    String fresh = jwt("fresh", clock.instant().plusSeconds(601));
    try (var issuer = issuer("{\"id_token\":\"" + fresh + "\"}", 200)) {
      var credentials = credentials(kubeconfig(issuer.url(), refused));
      Identity before = credentials.current();
      clock.pass(Fabric8Credentials.RENEW_EVERY);
      assertThat(credentials.renew(before)).isTrue();
      assertThat(credentials.renew(before)).isTrue();
      assertThat(authorization(credentials.current())).containsExactly("Bearer " + fresh);
      assertThat(issuer.seen()).hasSize(2);
    }
  }

  @Test
  void aTokenWrittenByAnotherProgramIsTakenOver() throws Exception {
    try (var issuer = issuer("{}", 500)) {
      var credentials =
          credentials(kubeconfig(issuer.url(), jwt("one", clock.instant().plusSeconds(60))));
      Identity refused = credentials.current();
      String written = jwt("two", clock.instant().plusSeconds(600));
      kubeconfig(issuer.url(), written);
      assertThat(credentials.renew(refused)).isTrue();
      assertThat(authorization(credentials.current())).containsExactly("Bearer " + written);
      assertThat(issuer.seen()).isEmpty();
    }
  }

  @Test
  void aRefusalNamesTheIssuerAndNoSecret() throws Exception {
    try (var issuer = issuer("{\"error\":\"refresh-canary\"}", 400)) {
      var tokens =
          new OidcTokens(
              java.util.Map.of("idp-issuer-url", issuer.url(), "refresh-token", "refresh-canary"),
              kept -> {});
      assertThatThrownBy(() -> tokens.obtain(true))
          .isInstanceOf(ConfigurationException.class)
          .hasNoCause()
          .hasMessageContaining(issuer.url() + " answered 400")
          .hasMessageNotContaining("canary");
    }
  }
}
