package dev.freshet.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.transport.ApiRequest;
import dev.freshet.transport.ApiRequest.Purpose;
import dev.freshet.transport.Identity;
import dev.freshet.transport.Transport;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotationTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final TestClock clock = new TestClock();
  private final TestPki pki = new TestPki("authority");

  @TempDir private Path directory;

  /** A mounted volume as the kubelet makes it: files are links through {@code ..data}. */
  private final class Volume {
    private final Path root;
    private int versions;

    Volume(String name, Map<String, String> files) throws IOException {
      root = Files.createDirectory(directory.resolve(name));
      swap(files);
      for (String file : files.keySet()) {
        Files.createSymbolicLink(root.resolve(file), Path.of("..data", file));
      }
    }

    /** Swaps all files at once. */
    void swap(Map<String, String> files) throws IOException {
      Path next = Files.createDirectory(root.resolve("..version-" + versions++));
      for (var file : files.entrySet()) {
        Files.writeString(next.resolve(file.getKey()), file.getValue());
      }
      Path link = Files.createSymbolicLink(root.resolve("..data_tmp"), next.getFileName());
      Files.move(link, root.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    Path file(String name) {
      return root.resolve(name);
    }
  }

  private Fabric8Credentials credentials(Config config) {
    var source = new AccessSource(config, directory.resolve("no-service-account"));
    return new Fabric8Credentials(source::read, clock);
  }

  private Fabric8Credentials credentials(Path kubeconfig) {
    return credentials(load(kubeconfig));
  }

  private static Config load(Path kubeconfig) {
    return ConfigLoader.ofProcess().load(Optional.of(kubeconfig), Optional.empty());
  }

  private void checkIsDue() {
    clock.pass(Fabric8Credentials.CHECK_EVERY);
  }

  private static List<String> authorization(Identity identity) {
    return identity.headers().getOrDefault("Authorization", List.of());
  }

  private static int get(Transport transport) {
    try (var response =
        transport.send(new ApiRequest(Purpose.DIRECT, "test", "/x", "application/json", LONG))) {
      while (response.next(LONG, bytes -> {})) {}
      return response.status();
    }
  }

  @Test
  void aTokenSwappedByTheKubeletIsSentAfterTheNextCheck() throws Exception {
    var volume = new Volume("token", Map.of("token", "first\n"));
    try (var api = FakeApi.plain(exchange -> FakeApi.reply(exchange, 200, "{}"));
        var connection =
            Connection.open(
                load(
                    KubeconfigFile.write(
                        directory.resolve("config"), api.url(), "", "tokenFile: token/token")),
                "freshet/test",
                clock)) {
      assertThat(get(connection.transport())).isEqualTo(200);
      volume.swap(Map.of("token", "other\n"));
      get(connection.transport());
      checkIsDue();
      get(connection.transport());
      assertThat(api.seen())
          .extracting(FakeApi.Seen::authorization)
          .containsExactly(
              List.of("Bearer first"), List.of("Bearer first"), List.of("Bearer other"));
    }
  }

  @Test
  void aServiceAccountTokenIsFollowed() throws Exception {
    var volume =
        new Volume(
            "account", Map.of("token", "first", "ca.crt", pki.authorityPem(), "namespace", "team"));
    var loader =
        new ConfigLoader(
            Map.of("KUBERNETES_SERVICE_HOST", "::1", "KUBERNETES_SERVICE_PORT", "6443"),
            directory,
            volume.file("token"));
    Config config = loader.load(Optional.empty(), Optional.empty());
    assertThat(config.getMasterUrl()).isEqualTo("https://[::1]:6443/");
    assertThat(config.getNamespace()).isEqualTo("team");
    var source = new AccessSource(config, volume.file("token"));
    var credentials = new Fabric8Credentials(source::read, clock);
    assertThat(authorization(credentials.current())).containsExactly("Bearer first");
    volume.swap(Map.of("token", "other", "ca.crt", pki.authorityPem(), "namespace", "team"));
    checkIsDue();
    assertThat(authorization(credentials.current())).containsExactly("Bearer other");
  }

  @Test
  void newKeysMeanANewTlsContextAndTheServerSeesThem() throws Exception {
    TestPki.Pair first = pki.issue("first");
    TestPki.Pair other = pki.issue("other");
    var volume = new Volume("keys", Map.of("crt", first.certificatePem(), "key", first.keyPem()));
    try (var api = FakeApi.tls(pki.server(), exchange -> FakeApi.reply(exchange, 200, "{}"));
        var connection =
            Connection.open(
                load(
                    KubeconfigFile.write(
                        directory.resolve("config"),
                        api.url(),
                        pki.authorityPem(),
                        "client-certificate: keys/crt",
                        "client-key: keys/key")),
                "freshet/test",
                clock)) {
      get(connection.transport());
      volume.swap(Map.of("crt", other.certificatePem(), "key", other.keyPem()));
      checkIsDue();
      get(connection.transport());
      assertThat(api.seen())
          .extracting(FakeApi.Seen::clientName)
          .containsExactly("CN=first", "CN=other");
    }
  }

  @Test
  void aHalfWrittenPairKeepsTheOldKeysUntilItIsWhole() throws Exception {
    TestPki.Pair first = pki.issue("first");
    TestPki.Pair other = pki.issue("other");
    Path crt = Files.writeString(directory.resolve("crt"), first.certificatePem());
    Path key = Files.writeString(directory.resolve("key"), first.keyPem());
    var credentials =
        credentials(
            KubeconfigFile.write(
                directory.resolve("config"),
                "https://127.0.0.1:1",
                pki.authorityPem(),
                "client-certificate: crt",
                "client-key: key"));
    Identity before = credentials.current();
    Files.writeString(crt, other.certificatePem());
    checkIsDue();
    assertThat(credentials.current()).isSameAs(before);
    Files.writeString(key, other.keyPem());
    checkIsDue();
    assertThat(credentials.current().tls()).isNotSameAs(before.tls());
  }

  @Test
  void filesRewrittenWithTheSameBytesKeepTheIdentity() throws Exception {
    TestPki.Pair pair = pki.issue("me");
    var files = Map.of("crt", pair.certificatePem(), "key", pair.keyPem());
    var volume = new Volume("keys", files);
    var credentials =
        credentials(
            KubeconfigFile.write(
                directory.resolve("config"),
                "https://127.0.0.1:1",
                pki.authorityPem(),
                "client-certificate: keys/crt",
                "client-key: keys/key"));
    Identity before = credentials.current();
    volume.swap(files);
    checkIsDue();
    assertThat(credentials.current()).isSameAs(before);
  }

  @Test
  void aTokenFileThatIsGoneKeepsTheOldToken() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "first");
    var credentials =
        credentials(
            KubeconfigFile.write(
                directory.resolve("config"), "https://127.0.0.1:1", "", "tokenFile: token"));
    Identity before = credentials.current();
    Files.delete(token);
    checkIsDue();
    assertThat(credentials.current()).isSameAs(before);
    Files.writeString(token, "other");
    checkIsDue();
    assertThat(authorization(credentials.current())).containsExactly("Bearer other");
  }

  @Test
  void aRewrittenKubeconfigIsFollowed() throws Exception {
    Path file = directory.resolve("config");
    KubeconfigFile.write(file, "https://127.0.0.1:1", pki.authorityPem(), "token: first");
    var credentials = credentials(file);
    Identity before = credentials.current();
    KubeconfigFile.write(
        file, "https://127.0.0.1:1", new TestPki("another").authorityPem(), "token: other");
    checkIsDue();
    assertThat(authorization(credentials.current())).containsExactly("Bearer other");
    assertThat(credentials.current().tls()).isNotSameAs(before.tls());
  }

  @Test
  void aKubeconfigBrokenWhileWrittenKeepsTheIdentity() throws Exception {
    Path file = directory.resolve("config");
    KubeconfigFile.write(file, "https://127.0.0.1:1", "", "token: first");
    var credentials = credentials(file);
    Identity before = credentials.current();
    Files.writeString(file, "users: [");
    checkIsDue();
    assertThat(credentials.current()).isSameAs(before);
  }

  @Test
  void a401LooksAtTheFilesAtOnce() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "first");
    var credentials =
        credentials(
            KubeconfigFile.write(
                directory.resolve("config"), "https://127.0.0.1:1", "", "tokenFile: token"));
    Identity refused = credentials.current();
    assertThat(credentials.renew(refused)).isFalse();
    Files.writeString(token, "another");
    assertThat(credentials.renew(refused)).isTrue();
    assertThat(authorization(credentials.current())).containsExactly("Bearer another");
  }

  @Test
  void whatAProgramSetInTheConfigStandsOverTheFile() throws Exception {
    Path file = directory.resolve("config");
    KubeconfigFile.write(file, "https://127.0.0.1:1", "", "token: from-file");
    Config config = load(file);
    config.setOauthToken("from-program");
    var credentials = credentials(config);
    assertThat(authorization(credentials.current())).containsExactly("Bearer from-program");
    KubeconfigFile.write(file, "https://127.0.0.1:1", "", "token: other");
    checkIsDue();
    assertThat(authorization(credentials.current())).containsExactly("Bearer from-program");
  }

  @Test
  void aProgramsOwnTokenSourceIsAskedBeforeEveryRequest() throws Exception {
    var token = new String[] {"first"};
    Config config = Config.empty();
    config.setMasterUrl("https://127.0.0.1:1");
    config.setOauthTokenProvider(() -> token[0]);
    var credentials = credentials(config);
    assertThat(authorization(credentials.current())).containsExactly("Bearer first");
    token[0] = "other";
    assertThat(authorization(credentials.current())).containsExactly("Bearer other");
  }
}
