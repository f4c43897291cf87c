package dev.freshet.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ConfigurationException;
import dev.freshet.transport.ApiRequest;
import dev.freshet.transport.ApiRequest.Purpose;
import dev.freshet.transport.Identity;
import dev.freshet.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ExecPluginTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String V1 = "client.authentication.k8s.io/v1";

  private final TestClock clock = new TestClock();

  @TempDir private Path directory;

  /** A plugin that prints the file {@code answer} and appends a line to {@code runs}. */
  private void plugin(String answer, String... more) throws IOException {
    Files.writeString(directory.resolve("answer"), answer);
    Path script =
        Files.writeString(
            directory.resolve("plugin.sh"),
            """
            #!/bin/sh
            here=$(dirname "$0")
            echo "$KUBERNETES_EXEC_INFO $EXTRA $1" >> "$here/runs"
            echo "noise on standard error" >&2
            %s
            cat "$here/answer"
            """
                .formatted(String.join("\n", more)));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private static String answer(String status) {
    return "{\"apiVersion\":\""
        + V1
        + "\",\"kind\":\"ExecCredential\",\"status\":{"
        + status
        + "}}";
  }

  private static String token(String token) {
    return answer("\"token\":\"" + token + "\"");
  }

  private List<String> runs() throws IOException {
    Path runs = directory.resolve("runs");
    return Files.exists(runs) ? Files.readAllLines(runs) : List.of();
  }

  private Path kubeconfig(String server, String authority) throws IOException {
    return KubeconfigFile.write(
        directory.resolve("config"),
        server,
        authority,
        "exec:",
        "  apiVersion: " + V1,
        "  command: ./plugin.sh",
        "  args: [first argument]",
        "  env:",
        "  - {name: EXTRA, value: extra}",
        "  interactiveMode: Never");
  }

  private Connection connection(String server) throws IOException {
    return Connection.open(
        ConfigLoader.ofProcess().load(Optional.of(kubeconfig(server, "")), Optional.empty()),
        "freshet/test",
        clock);
  }

  private Fabric8Credentials credentials() throws IOException {
    var config =
        ConfigLoader.ofProcess()
            .load(Optional.of(kubeconfig("https://127.0.0.1:1", "")), Optional.empty());
    var source = new AccessSource(config, directory.resolve("no-service-account"));
    return new Fabric8Credentials(source::read, clock);
  }

  private static int get(Transport transport) {
    try (var response =
        transport.send(new ApiRequest(Purpose.DIRECT, "test", "/x", "application/json", LONG))) {
      return response.status();
    }
  }

  private static List<String> authorization(Identity identity) {
    return identity.headers().getOrDefault("Authorization", List.of());
  }

  @Test
  void itRunsOnceForManyRequestsWithWhatTheKubeconfigSays() throws Exception {
    plugin(token("first"));
    try (var api = FakeApi.plain(FakeApi.onlyToken("first"));
        var connection = connection(api.url())) {
      assertThat(runs()).isEmpty();
      for (int i = 0; i < 10; i++) {
        assertThat(get(connection.transport())).isEqualTo(200);
        clock.pass(Fabric8Credentials.CHECK_EVERY);
      }
      assertThat(runs())
          .singleElement()
          .asString()
          .contains("\"kind\":\"ExecCredential\"", "\"interactive\":false")
          .endsWith("extra first argument");
    }
  }

  @Test
  void a401RunsItOnceMore() throws Exception {
    plugin(token("first"));
    try (var api = FakeApi.plain(FakeApi.onlyToken("other"));
        var connection = connection(api.url())) {
      clock.pass(Fabric8Credentials.RENEW_EVERY);
      assertThat(get(connection.transport())).isEqualTo(401);
      plugin(token("other"));
      clock.pass(Fabric8Credentials.RENEW_EVERY);
      assertThat(get(connection.transport())).isEqualTo(200);
      assertThat(runs()).hasSize(2);
    }
  }

  @Test
  void many401sAtOnceRunItOnce() throws Exception {
    plugin(token("first"));
    var credentials = credentials();
    Identity refused = credentials.current();
    plugin(token("other"));
    clock.pass(Fabric8Credentials.RENEW_EVERY);
    int callers = 20;
    var start = new CountDownLatch(1);
    var renewed = new ArrayList<CompletableFuture<Boolean>>();
    for (int i = 0; i < callers; i++) {
      renewed.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                return credentials.renew(refused);
              },
              task -> Thread.ofVirtual().start(task)));
    }
    start.countDown();
    for (var one : renewed) {
      assertThat(one.get(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(runs()).hasSize(2);
    assertThat(authorization(credentials.current())).containsExactly("Bearer other");
  }

  @Test
  void refusalsInARowDoNotRunItAgainTooSoon() throws Exception {
    plugin(token("first"));
    var credentials = credentials();
    Identity refused = credentials.current();
    for (int i = 0; i < 50; i++) {
      assertThat(credentials.renew(refused)).isFalse();
    }
    assertThat(runs()).hasSize(1);
  }

  @Test
  void anExpiredTokenIsReplacedWithoutA401() throws Exception {
    String expiry = clock.instant().plusSeconds(60).toString();
    plugin(answer("\"token\":\"first\",\"expirationTimestamp\":\"" + expiry + "\""));
    var credentials = credentials();
    assertThat(authorization(credentials.current())).containsExactly("Bearer first");
    plugin(token("other"));
    clock.pass(Duration.ofSeconds(59));
    assertThat(authorization(credentials.current())).containsExactly("Bearer first");
    clock.pass(Duration.ofSeconds(1));
    assertThat(authorization(credentials.current())).containsExactly("Bearer other");
  }

  @Test
  void itMayBringACertificate() throws Exception {
    var pki = new TestPki("authority");
    TestPki.Pair pair = pki.issue("plugin");
    plugin(
        answer(
            "\"clientCertificateData\":\""
                + pair.certificatePem().replace("\n", "\\n")
                + "\",\"clientKeyData\":\""
                + pair.keyPem().replace("\n", "\\n")
                + "\""));
    try (var api = FakeApi.tls(pki.server(), exchange -> FakeApi.reply(exchange, 200, "{}"));
        var connection =
            Connection.open(
                ConfigLoader.ofProcess()
                    .load(Optional.of(kubeconfig(api.url(), pki.authorityPem())), Optional.empty()),
                "freshet/test",
                clock)) {
      assertThat(get(connection.transport())).isEqualTo(200);
      assertThat(api.seen()).extracting(FakeApi.Seen::clientName).containsExactly("CN=plugin");
    }
  }

  @Test
  void aFailureNamesTheProgramAndNotWhatItSaid() throws Exception {
    plugin("secret-canary", "echo secret-canary", "exit 3");
    var credentials = credentials();
    assertThatThrownBy(credentials::current)
        .isInstanceOf(ConfigurationException.class)
        .hasNoCause()
        .hasMessageContaining("plugin.sh failed with exit code 3")
        .hasMessageNotContaining("canary");
    assertThatThrownBy(credentials::current).isInstanceOf(ConfigurationException.class);
    assertThat(runs()).hasSize(1);
    plugin(token("first"));
    clock.pass(Fabric8Credentials.RENEW_EVERY);
    assertThat(authorization(credentials.current())).containsExactly("Bearer first");
  }

  @Test
  void anAnswerOfAnotherVersionIsRefused() throws Exception {
    plugin(token("first").replace("/v1\"", "/v1alpha1\""));
    var credentials = credentials();
    assertThatThrownBy(credentials::current)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("another apiVersion");
  }

  @Test
  void aProgramThatIsNotThereIsNamed() throws Exception {
    var credentials = credentials();
    assertThatThrownBy(credentials::current)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("plugin.sh cannot be started");
  }
}
