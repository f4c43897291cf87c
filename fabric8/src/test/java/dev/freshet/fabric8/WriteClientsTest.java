package dev.freshet.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ConfigurationException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteClientsTest {

  private static final ConfigMap GENERATED =
      new ConfigMapBuilder()
          .withNewMetadata()
          .withNamespace("team")
          .withGenerateName("job-")
          .endMetadata()
          .build();
  private static final String CREATED =
      """
      {"apiVersion":"v1","kind":"ConfigMap",
       "metadata":{"name":"job-1","namespace":"team","resourceVersion":"7"}}
      """;

  private final TestClock clock = new TestClock();

  @TempDir private Path directory;

  private Connection connection(String server, String authority, String... user)
      throws IOException {
    Path file = KubeconfigFile.write(directory.resolve("config"), server, authority, user);
    return Connection.open(
        ConfigLoader.ofProcess().load(Optional.of(file), Optional.empty()), "freshet/test", clock);
  }

  private static ConfigMap create(KubernetesClient client) {
    return client.configMaps().inNamespace("team").resource(GENERATED).create();
  }

  /** Counts POST requests and drops each connection once it has read one. */
  private static final class DropsAnswers implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger posts = new AtomicInteger();

    DropsAnswers() throws IOException {
      Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
      while (!listener.isClosed()) {
        try (Socket socket = listener.accept()) {
          byte[] request = new byte[64 << 10];
          int length = socket.getInputStream().read(request);
          String text = new String(request, 0, Math.max(length, 0), StandardCharsets.UTF_8);
          if (text.startsWith("POST")) {
            posts.incrementAndGet();
          }
        } catch (IOException e) {
          return;
        }
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }

  @Test
  void aPostWhoseAnswerIsLostIsSentOnce() throws Exception {
    try (var server = new DropsAnswers();
        var connection =
            connection("http://127.0.0.1:" + server.listener.getLocalPort(), "", "token: t");
        var client = connection.newWriteClient()) {
      assertThatThrownBy(() -> create(client)).isInstanceOf(KubernetesClientException.class);
      assertThat(server.posts).hasValue(1);
    }
  }

  @Test
  void aPostThatTheServerFailedIsSentOnce() throws Exception {
    try (var api = FakeApi.plain(exchange -> FakeApi.reply(exchange, 500, "{}"));
        var connection = connection(api.url(), "", "token: t");
        var client = connection.newWriteClient()) {
      assertThatThrownBy(() -> create(client)).isInstanceOf(KubernetesClientException.class);
      assertThat(api.seen()).hasSize(1);
    }
  }

  @Test
  void writesFollowARotatedTokenWithoutAnotherClient() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "first");
    try (var api = FakeApi.plain(exchange -> FakeApi.reply(exchange, 201, CREATED));
        var connection = connection(api.url(), "", "tokenFile: token");
        var client = connection.newWriteClient()) {
      assertThat(create(client).getMetadata().getName()).isEqualTo("job-1");
      Files.writeString(token, "another");
      clock.pass(Fabric8Credentials.CHECK_EVERY);
      create(client);
      assertThat(api.seen())
          .extracting(FakeApi.Seen::authorization)
          .containsExactly(List.of("Bearer first"), List.of("Bearer another"));
    }
  }

  @Test
  void a401IsSentOnceMoreWithANewToken() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "first");
    try (var api =
            FakeApi.plain(
                exchange -> {
                  boolean known =
                      "Bearer another"
                          .equals(exchange.getRequestHeaders().getFirst("Authorization"));
                  FakeApi.reply(exchange, known ? 201 : 401, known ? CREATED : "{}");
                });
        var connection = connection(api.url(), "", "tokenFile: token");
        var client = connection.newWriteClient()) {
      assertThatThrownBy(() -> create(client)).isInstanceOf(KubernetesClientException.class);
      Files.writeString(token, "another");
      assertThat(create(client).getMetadata().getName()).isEqualTo("job-1");
      assertThat(api.seen()).hasSize(3);
    }
  }

  @Test
  void newConnectionsUseRotatedKeys() throws Exception {
    var pki = new TestPki("authority");
    TestPki.Pair first = pki.issue("first");
    TestPki.Pair other = pki.issue("other");
    Path crt = Files.writeString(directory.resolve("crt"), first.certificatePem());
    Path key = Files.writeString(directory.resolve("key"), first.pkcs8Pem());
    try (var api =
            FakeApi.tls(
                pki.server(),
                exchange -> {
                  exchange.getResponseHeaders().add("Connection", "close");
                  FakeApi.reply(exchange, 201, CREATED);
                });
        var connection =
            connection(
                api.url(), pki.authorityPem(), "client-certificate: crt", "client-key: key");
        var client = connection.newWriteClient()) {
      create(client);
      Files.writeString(crt, other.certificatePem());
      Files.writeString(key, other.pkcs8Pem());
      clock.pass(Fabric8Credentials.CHECK_EVERY);
      create(client);
      assertThat(api.seen())
          .extracting(FakeApi.Seen::clientName)
          .containsExactly("CN=first", "CN=other");
    }
  }

  @Test
  void aRedirectDoesNotCarryTheTokenElsewhere() throws Exception {
    try (var elsewhere = FakeApi.plain(exchange -> FakeApi.reply(exchange, 200, CREATED));
        var api =
            FakeApi.plain(
                exchange -> {
                  exchange.getResponseHeaders().add("Location", elsewhere.url() + "/x");
                  FakeApi.reply(exchange, 307, "");
                });
        var connection = connection(api.url(), "", "token: t");
        var client = connection.newWriteClient()) {
      assertThatThrownBy(() -> create(client)).isInstanceOf(KubernetesClientException.class);
      assertThat(elsewhere.seen()).isEmpty();
    }
  }

  @Test
  void aJvmThatRepeatsEveryMethodIsRefused() throws Exception {
    String property = "jdk.httpclient.enableAllMethodRetry";
    try (var connection = connection("http://127.0.0.1:1", "", "token: t")) {
      System.setProperty(property, "");
      try {
        assertThatThrownBy(connection::newWriteClient)
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining(property);
      } finally {
        System.clearProperty(property);
      }
    }
  }
}
