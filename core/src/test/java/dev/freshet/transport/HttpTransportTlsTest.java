package dev.freshet.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ConnectionException;
import dev.freshet.transport.ApiRequest.Purpose;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HttpTransportTlsTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String HERE = "ip:127.0.0.1";

  @TempDir private static Path directory;
  private static ServerKeys keys;

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = ServerKeys.make(directory, "here", HERE, "-10d", 100);
  }

  private static HttpTransport transport(URI server, SSLContext tls) {
    return new HttpTransport(
        TransportOptions.direct(server, "freshet/test"),
        new FixedCredentials(new Identity(Map.of(), tls)));
  }

  private static ApiRequest get(Purpose purpose) {
    return new ApiRequest(purpose, "test", "/", "application/json", LONG);
  }

  private static String next(ApiResponse response) {
    var text = new StringBuilder();
    response.next(LONG, b -> text.append(StandardCharsets.UTF_8.decode(b)));
    return text.toString();
  }

  private static void assertFails(ServerKeys server, SSLContext client, String problem)
      throws Exception {
    try (var fake = FakeServer.tls(server.server(), exchange -> exchange.reply(200, "{}"));
        var transport = transport(fake.uri(), client)) {
      assertThatThrownBy(() -> transport.send(get(Purpose.DIRECT)))
          .isInstanceOfSatisfying(
              ConnectionException.class,
              e -> {
                assertThat(e.problem()).contains(problem).contains("127.0.0.1:");
                assertThat(e.problem().lines()).hasSize(1);
              });
      assertThat(fake.seen()).isEmpty();
    }
  }

  @Test
  void aTrustedServerAnswers() throws Exception {
    try (var fake = FakeServer.tls(keys.server(), exchange -> exchange.reply(200, "{}"));
        var transport = transport(fake.uri(), keys.trusting());
        var response = transport.send(get(Purpose.DIRECT))) {
      assertThat(next(response)).isEqualTo("{}");
    }
  }

  @Test
  void anUntrustedAuthorityIsNamedAsTheCause() throws Exception {
    assertFails(keys, FixedCredentials.defaultTls(), "is not signed by a trusted authority");
  }

  @Test
  void anotherHostsCertificateIsNamedAsTheCause() throws Exception {
    ServerKeys elsewhere = ServerKeys.make(directory, "elsewhere", "ip:192.0.2.1", "-10d", 100);
    assertFails(elsewhere, elsewhere.trusting(), "is for another host name");
  }

  @Test
  void aServerWithoutTlsIsNamedAsTheCause() throws Exception {
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var transport =
            transport(
                URI.create("https://127.0.0.1:" + listener.getLocalPort()), keys.trusting())) {
      Thread.startVirtualThread(() -> greetInPlainText(listener));
      assertThatThrownBy(() -> transport.send(get(Purpose.DIRECT)))
          .isInstanceOf(ConnectionException.class)
          .hasMessageContaining("does not speak TLS");
    }
  }

  /** Greets every connection, since the JDK's client may try a second one, until closed. */
  private static void greetInPlainText(ServerSocket listener) {
    while (!listener.isClosed()) {
      try (var socket = listener.accept()) {
        socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
        // Until the other side has had enough.
        while (socket.getInputStream().read() >= 0) {}
      } catch (IOException e) {
        // The other side is gone, or the listener is closed.
      }
    }
  }

  @Test
  void newKeysMeanNewConnectionsWhileAnOpenStreamGoesOn() throws Exception {
    var speak = new CountDownLatch(1);
    var credentials = new FixedCredentials(new Identity(Map.of(), keys.trusting()));
    try (var fake =
            FakeServer.tls(
                keys.server(),
                exchange -> {
                  exchange.begin();
                  exchange.chunk("one");
                  speak.await();
                  exchange.chunk("two");
                });
        var transport =
            new HttpTransport(TransportOptions.direct(fake.uri(), "freshet/test"), credentials);
        var old = transport.send(get(Purpose.WATCH))) {
      assertThat(next(old)).isEqualTo("one");
      credentials.set(new Identity(Map.of(), keys.trusting()));
      try (var young = transport.send(get(Purpose.WATCH))) {
        assertThat(next(young)).isEqualTo("one");
        speak.countDown();
        assertThat(next(old)).isEqualTo("two");
        assertThat(next(young)).isEqualTo("two");
      }
      assertThat(fake.seen()).extracting(FakeServer.Exchange::remotePort).doesNotHaveDuplicates();
    }
  }

  @Test
  void theSameKeysKeepTheirConnection() throws Exception {
    SSLContext tls = keys.trusting();
    var credentials = new FixedCredentials(new Identity(Map.of(), tls));
    try (var fake = FakeServer.tls(keys.server(), exchange -> exchange.reply(200, "{}"));
        var transport =
            new HttpTransport(TransportOptions.direct(fake.uri(), "freshet/test"), credentials)) {
      for (String token : new String[] {"a", "b"}) {
        credentials.set(new Identity(FixedCredentials.bearer(token).headers(), tls));
        try (var response = transport.send(get(Purpose.DIRECT))) {
          assertThat(next(response)).isEqualTo("{}");
          assertThat(response.next(LONG, b -> {})).isFalse();
        }
      }
      assertThat(fake.seen()).hasSize(2);
      assertThat(fake.seen().get(0).remotePort()).isEqualTo(fake.seen().get(1).remotePort());
    }
  }
}
