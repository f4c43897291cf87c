package dev.freshet.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ConfigurationException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {

  private static final int BODY_BYTES = 1_000;

  @TempDir Path directory;
  private final Held held = new Held();
  private Site site;

  @BeforeEach
  void makeKeys() throws Exception {
    site = new Site(directory);
  }

  private HttpsServer start(UnaryOperator<HttpLimits> limits) {
    return HttpsServer.start(
        site.options().limits(limits.apply(HttpLimits.defaults().maxBodyBytes(BODY_BYTES))),
        Map.of(
            "/length",
            Endpoint.post(request -> HttpAnswer.text(200, "" + request.body().length)),
            "/held",
            Endpoint.post(held),
            "/large",
            Endpoint.get(request -> HttpAnswer.json(new byte[64 << 20]))));
  }

  private static void assertRefused(Client client, int status) throws IOException {
    Client.Answer answer = client.read();
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers()).containsEntry("Connection", "close");
    assertThat(client.isAtEnd()).isTrue();
  }

  @Test
  void aBodyAtTheLimitIsTaken() throws Exception {
    try (var server = start(limits -> limits);
        var client = site.connect(server)) {
      assertThat(client.post("/length", "a".repeat(BODY_BYTES)).body()).isEqualTo("1000\n");
    }
  }

  @Test
  void anAnnouncedBodyBeyondTheLimitIsRefusedBeforeItComes() throws Exception {
    try (var server = start(limits -> limits);
        var client = site.connect(server)) {
      client.send(Client.postHead("/length", 100 << 20));
      assertRefused(client, 413);
    }
  }

  @Test
  void aBodyBeyondTheLimitIsRefusedBeforeItsEnd() throws Exception {
    try (var server = start(limits -> limits);
        var client = site.connect(server)) {
      client.send(Client.head("POST /length HTTP/1.1", "Host: test", "Transfer-Encoding: chunked"));
      client.send("3e8\r\n" + "a".repeat(BODY_BYTES) + "\r\n");
      client.send("1\r\na\r\n");
      assertRefused(client, 413);
    }
  }

  @Test
  void headersBeyondTheLimitAreRefused() throws Exception {
    try (var server = start(limits -> limits.maxHeaderBytes(500));
        var client = site.connect(server)) {
      client.send(Client.head("GET / HTTP/1.1", "Host: test", "Long: " + "a".repeat(500)));
      assertRefused(client, 431);
    }
  }

  @Test
  void tooManyHeadersAreRefused() throws Exception {
    try (var server = start(limits -> limits);
        var client = site.connect(server)) {
      client.send(Client.head("GET / HTTP/1.1" + "\r\nA: b".repeat(HttpLimits.MAX_HEADERS + 1)));
      assertRefused(client, 431);
    }
  }

  @Test
  void aPathBeyondTheLimitIsRefused() throws Exception {
    try (var server = start(limits -> limits);
        var client = site.connect(server)) {
      client.send(Client.head("GET /" + "a".repeat(HttpLimits.MAX_LINE_BYTES) + " HTTP/1.1"));
      assertRefused(client, 414);
    }
  }

  @Test
  void aFullPathIsToldToWaitWhileAnotherIsServed() throws Exception {
    try (var server = start(limits -> limits.maxConcurrent(1));
        var first = site.connect(server);
        var second = site.connect(server)) {
      first.send(Client.posted("/held", ""));
      held.awaitRequest();
      Client.Answer refused = second.post("/held", "");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.headers()).containsEntry("Retry-After", "1");
      assertThat(second.post("/length", "").status()).isEqualTo(200);
      held.release();
      assertThat(first.read().status()).isEqualTo(200);
      assertThat(second.post("/held", "").status()).isEqualTo(200);
    }
  }

  @Test
  void whoLeavesWithinABodyLeavesRoomForOthers() throws Exception {
    try (var server = start(limits -> limits.maxConcurrent(1));
        var stays = site.connect(server)) {
      var leaves = site.connect(server);
      leaves.send(
          Client.head(
              "POST /length HTTP/1.1", "Host: test", "Content-Length: 2", "Expect: 100-continue"));
      assertThat(leaves.read().status()).isEqualTo(100);
      assertThat(status(stays, "/length")).isEqualTo(429);
      leaves.close();
      Site.await(() -> status(stays, "/length") == 200);
    }
  }

  private static int status(Client client, String path) {
    try {
      return client.post(path, "").status();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void oneConnectionTooManyIsClosed() throws Exception {
    try (var server = start(limits -> limits.maxConnections(1))) {
      try (var first = site.connect(server)) {
        assertThatThrownBy(() -> site.connect(server)).isInstanceOf(IOException.class);
        assertThat(first.post("/length", "").status()).isEqualTo(200);
      }
      Site.await(() -> server.connections() == 0);
      try (var next = site.connect(server)) {
        assertThat(next.post("/length", "").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void anAnswerThatIsNotReadIsGivenUp() throws Exception {
    try (var server =
            start(
                limits ->
                    limits.deadlines(HttpDeadlines.defaults().write(Duration.ofMillis(100))));
        var client = site.connect(server)) {
      client.send(Client.head("GET /large HTTP/1.1", "Host: test"));
      Site.await(() -> server.connections() == 0);
      assertThat(client.skipToEnd()).isLessThan(64 << 20);
    }
  }

  @Test
  void aHandshakeThatDoesNotEndIsGivenUp() throws Exception {
    try (var server =
            start(
                limits ->
                    limits.deadlines(HttpDeadlines.defaults().handshake(Duration.ofMillis(100))));
        var silent = new Socket()) {
      silent.connect(server.address());
      // Less than Netty's own deadline.
      silent.setSoTimeout(5_000);
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aLimitIsPositive() {
    assertThatThrownBy(() -> HttpLimits.defaults().maxConcurrent(0))
        .isInstanceOf(ConfigurationException.class);
  }
}
