package dev.freshet.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.freshet.error.ClosedException;
import dev.freshet.error.ConnectionException;
import dev.freshet.error.DeadlineException;
import dev.freshet.transport.ApiRequest.Purpose;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@SuppressWarnings("try") // Closing early is what several tests are about.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HttpTransportTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);

  private static void ignore(ByteBuffer bytes) {}

  private static HttpTransport transport(URI server, Credentials credentials) {
    return new HttpTransport(TransportOptions.direct(server, "freshet/test"), credentials);
  }

  private static HttpTransport transport(FakeServer server) {
    return transport(server.uri(), FixedCredentials.none());
  }

  private static ApiRequest get(Purpose purpose, String path, Duration within) {
    return new ApiRequest(purpose, "test", path, "application/json", within);
  }

  private static ApiRequest get(String path) {
    return get(Purpose.DIRECT, path, LONG);
  }

  private static String readAll(ApiResponse response) {
    var text = new StringBuilder();
    while (response.next(LONG, b -> text.append(StandardCharsets.UTF_8.decode(b)))) {
      // All is in the condition.
    }
    return text.toString();
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(LONG.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
  }

  @Test
  void bytesArriveInOrderAndAreCounted() throws Exception {
    try (var server =
            FakeServer.plain(
                exchange -> {
                  exchange.begin("X-Answer: yes");
                  for (int i = 0; i < 1000; i++) {
                    exchange.chunk("line " + i + "\n");
                  }
                });
        var transport = transport(server);
        var response = transport.send(get("/api/v1/pods?limit=5"))) {
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.header("x-answer")).contains("yes");
      String text = readAll(response);
      assertThat(text.lines()).hasSize(1000).startsWith("line 0").endsWith("line 999");
      assertThat(response.wireBytes()).isEqualTo(text.length());
      assertThat(response.next(LONG, HttpTransportTest::ignore)).isFalse();
    }
  }

  @Test
  void theRequestSaysWhoAsksAndKeepsTheBasePath() throws Exception {
    try (var server = FakeServer.plain(exchange -> exchange.reply(200, "{}"));
        var transport =
            transport(
                server.uri().resolve("/base/"),
                new FixedCredentials(FixedCredentials.bearer("secret")))) {
      transport.send(get("/api/v1/pods?labelSelector=a%3Db")).close();
      FakeServer.Exchange seen = server.seen().get(0);
      assertThat(seen.target()).isEqualTo("/base/api/v1/pods?labelSelector=a%3Db");
      assertThat(seen.header("User-Agent")).isEqualTo("freshet/test (caller=test)");
      assertThat(seen.header("Authorization")).isEqualTo("Bearer secret");
      assertThat(seen.header("Accept")).isEqualTo("application/json");
      assertThat(seen.header("Accept-Encoding")).isEmpty();
    }
  }

  @Test
  void gzipIsAskedForByTheBareWord() throws Exception {
    try (var server = FakeServer.plain(exchange -> exchange.reply(200, "{}"));
        var transport =
            transport(server.uri(), new FixedCredentials(FixedCredentials.bearer("secret")))) {
      transport
          .send(new ApiRequest(Purpose.DIRECT, "test", "/api/v1/pods", "*/*", true, LONG))
          .close();
      assertThat(server.seen().get(0).header("Accept-Encoding")).isEqualTo("gzip");
    }
  }

  @Test
  void aReaderThatStopsMakesTheServerStop() throws Exception {
    long total = 512L << 20;
    var written = new AtomicLong();
    try (var server =
            FakeServer.plain(
                exchange -> {
                  if (exchange.target().equals("/ping")) {
                    exchange.reply(200, "pong");
                    return;
                  }
                  exchange.begin();
                  byte[] block = new byte[64 << 10];
                  while (written.get() < total) {
                    exchange.chunk(block);
                    written.addAndGet(block.length);
                  }
                });
        var transport = transport(server);
        var response = transport.send(get("/big"))) {
      long before;
      do {
        before = written.get();
        for (int i = 0; i < 20; i++) {
          readAll(transport.send(get(Purpose.PROBE, "/ping", LONG)));
        }
      } while (written.get() != before);
      assertThat(written).hasValueLessThan(total / 4);

      var read = new AtomicLong();
      while (response.next(LONG, b -> read.addAndGet(b.remaining()))) {
        assertThat(read).hasValueLessThanOrEqualTo(total);
      }
      assertThat(read).hasValue(total);
    }
  }

  @Test
  void aSlowBeginningIsADeadlineAndEndsTheExchange() throws Exception {
    var never = new CountDownLatch(1);
    try (var server = FakeServer.plain(exchange -> never.await());
        var transport = transport(server)) {
      assertThatThrownBy(() -> transport.send(get(Purpose.WATCH, "/api?watch=1&x=y", SHORT)))
          .isInstanceOf(DeadlineException.class)
          .hasMessageContaining("GET /api")
          .hasMessageNotContaining("x=y");
    }
  }

  @Test
  void silenceIsADeadlineAndTheStreamGoesOnAfterwards() throws Exception {
    var speak = new CountDownLatch(1);
    try (var server =
            FakeServer.plain(
                exchange -> {
                  exchange.begin();
                  exchange.chunk("one");
                  speak.await();
                  exchange.chunk("two");
                });
        var transport = transport(server);
        var response = transport.send(get(Purpose.WATCH, "/watch", LONG))) {
      assertThat(response.next(LONG, HttpTransportTest::ignore)).isTrue();
      assertThatThrownBy(() -> response.next(SHORT, HttpTransportTest::ignore))
          .isInstanceOf(DeadlineException.class);
      speak.countDown();
      assertThat(readAll(response)).isEqualTo("two");
    }
  }

  @Test
  void closingAResponseEndsItForTheServerAndForTheReader() throws Exception {
    var cut = new CountDownLatch(1);
    try (var server = FakeServer.plain(exchange -> writeUntilCut(exchange, cut));
        var transport = transport(server)) {
      ApiResponse response = transport.send(get(Purpose.WATCH, "/watch", LONG));
      assertThat(response.next(LONG, HttpTransportTest::ignore)).isTrue();
      response.close();
      response.close();
      assertThatThrownBy(() -> response.next(LONG, HttpTransportTest::ignore))
          .isInstanceOf(ClosedException.class);
      await(cut);
    }
  }

  private static void writeUntilCut(FakeServer.Exchange exchange, CountDownLatch cut)
      throws IOException {
    exchange.begin();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        exchange.chunk("x".repeat(1000));
      }
    } catch (IOException e) {
      cut.countDown();
    }
  }

  @Test
  void closingWakesAReaderThatWaits() throws Exception {
    var silent = new CountDownLatch(1);
    try (var server =
            FakeServer.plain(
                exchange -> {
                  exchange.begin();
                  exchange.chunk("x");
                  silent.await();
                });
        var transport = transport(server);
        var response = transport.send(get(Purpose.WATCH, "/watch", LONG))) {
      assertThat(response.next(LONG, HttpTransportTest::ignore)).isTrue();
      var waiting =
          CompletableFuture.supplyAsync(
              () -> catchThrowable(() -> response.next(LONG, HttpTransportTest::ignore)), VIRTUAL);
      transport.close();
      assertThat(waiting.get(30, TimeUnit.SECONDS)).isInstanceOf(ClosedException.class);
      assertThatThrownBy(() -> transport.send(get("/"))).isInstanceOf(ClosedException.class);
    }
  }

  @Test
  void closingTheTransportWakesAThreadThatWaitsForHeaders() throws Exception {
    var arrived = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    try (var server =
            FakeServer.plain(
                exchange -> {
                  arrived.countDown();
                  never.await();
                });
        var transport = transport(server)) {
      var waiting =
          CompletableFuture.supplyAsync(
              () -> catchThrowable(() -> transport.send(get("/"))), VIRTUAL);
      await(arrived);
      transport.close();
      assertThat(waiting.get(30, TimeUnit.SECONDS)).isInstanceOf(ClosedException.class);
    }
  }

  @Test
  void anInterruptEndsTheWaitAndIsKept() throws Exception {
    var never = new CountDownLatch(1);
    try (var server = FakeServer.plain(exchange -> never.await());
        var transport = transport(server)) {
      Thread.currentThread().interrupt();
      Throwable thrown = catchThrowable(() -> transport.send(get("/")));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(thrown).isInstanceOf(DeadlineException.class).hasMessageContaining("interrupted");
    }
  }

  @Test
  void aRefusedConnectionSaysThatNothingListens() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (var transport =
        transport(URI.create("https://127.0.0.1:" + port), FixedCredentials.none())) {
      assertThatThrownBy(() -> transport.send(get("/")))
          .isInstanceOf(ConnectionException.class)
          .hasMessageStartingWith("nothing listens at 127.0.0.1:" + port + ". ");
    }
  }

  @Test
  void anUnknownHostIsNamed() {
    try (var transport =
        transport(URI.create("https://no-such-host.invalid"), FixedCredentials.none())) {
      assertThatThrownBy(() -> transport.send(get("/")))
          .isInstanceOf(ConnectionException.class)
          .hasMessageContaining("no-such-host.invalid:443 cannot be resolved");
    }
  }

  @Test
  void aBodyCutInTheMiddleIsHandedOverAndThenFails() throws Exception {
    var read = new CountDownLatch(1);
    try (var server =
            FakeServer.plain(
                exchange -> {
                  exchange.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
                  // The JDK may drop what it has not handed over when the connection ends.
                  read.await();
                  exchange.cut();
                });
        var transport = transport(server)) {
      try (var response = transport.send(get("/"))) {
        var text = new StringBuilder();
        assertThat(response.next(LONG, b -> text.append(StandardCharsets.UTF_8.decode(b))))
            .isTrue();
        assertThat(text).hasToString("half");
        read.countDown();
        assertThatThrownBy(() -> response.next(LONG, HttpTransportTest::ignore))
            .isInstanceOf(ConnectionException.class)
            .hasMessageContaining("closed by the other side");
      }
    }
  }

  @Test
  void a401RenewsAndSendsOnceMore() throws Exception {
    var credentials =
        new FixedCredentials(FixedCredentials.bearer("old"))
            .renewingTo(FixedCredentials.bearer("new"));
    try (var server = FakeServer.plain(HttpTransportTest::onlyNew);
        var transport = transport(server.uri(), credentials)) {
      assertThat(transport.send(get("/")).status()).isEqualTo(200);
      assertThat(credentials.renewals()).isEqualTo(1);
      assertThat(server.seen()).hasSize(2);
    }
  }

  private static void onlyNew(FakeServer.Exchange exchange) throws IOException {
    boolean known = "Bearer new".equals(exchange.header("Authorization"));
    exchange.reply(known ? 200 : 401, "");
  }

  @Test
  void aSecond401Stands() throws Exception {
    var credentials =
        new FixedCredentials(FixedCredentials.bearer("old"))
            .renewingTo(FixedCredentials.bearer("as bad"));
    try (var server = FakeServer.plain(HttpTransportTest::onlyNew);
        var transport = transport(server.uri(), credentials)) {
      assertThat(transport.send(get("/")).status()).isEqualTo(401);
      assertThat(server.seen()).hasSize(2);
    }
  }

  @Test
  void a401StandsWhenThereIsNothingNewer() throws Exception {
    var credentials = new FixedCredentials(FixedCredentials.bearer("old"));
    try (var server = FakeServer.plain(HttpTransportTest::onlyNew);
        var transport = transport(server.uri(), credentials)) {
      assertThat(transport.send(get("/")).status()).isEqualTo(401);
      assertThat(server.seen()).hasSize(1);
    }
  }

  @Test
  void aRedirectIsAnAnswer() throws Exception {
    try (var elsewhere = FakeServer.plain(exchange -> exchange.reply(200, "stolen"));
        var server =
            FakeServer.plain(
                exchange -> exchange.reply(302, "", "Location: " + elsewhere.uri().resolve("/x")));
        var transport =
            transport(server.uri(), new FixedCredentials(FixedCredentials.bearer("secret")))) {
      assertThat(transport.send(get("/")).status()).isEqualTo(302);
      assertThat(elsewhere.seen()).isEmpty();
    }
  }

  @Test
  void bulkAndStreamsUseDifferentConnections() throws Exception {
    try (var server = FakeServer.plain(exchange -> exchange.reply(200, "{}"));
        var transport = transport(server)) {
      for (Purpose purpose : Purpose.values()) {
        readAll(transport.send(get(purpose, "/" + purpose, LONG)));
      }
      assertThat(server.seen().stream().map(FakeServer.Exchange::remotePort).distinct()).hasSize(2);
    }
  }

  @Test
  void bothConnectionsAreGivenUpWhenBothFallSilent() throws Exception {
    var ended = new CountDownLatch(1);
    try (var server =
            FakeServer.plain(
                exchange -> {
                  if (!exchange.target().equals("/version")) {
                    exchange.begin();
                    exchange.chunk("x");
                  }
                  ended.await();
                });
        var transport =
            new HttpTransport(
                TransportOptions.direct(server.uri(), "freshet/test"),
                FixedCredentials.none(),
                new Keepalive(SHORT, SHORT));
        var watch = transport.send(get(Purpose.WATCH, "/watch", LONG));
        var list = transport.send(get(Purpose.DIRECT, "/list", LONG))) {
      assertThat(watch.next(LONG, HttpTransportTest::ignore)).isTrue();
      assertThat(list.next(LONG, HttpTransportTest::ignore)).isTrue();
      assertThatThrownBy(() -> watch.next(LONG, HttpTransportTest::ignore))
          .isInstanceOf(ConnectionException.class);
      // Giving up the watch's connection has retired this one, which must be asked all the same.
      assertThatThrownBy(() -> list.next(LONG, HttpTransportTest::ignore))
          .isInstanceOf(ConnectionException.class);
    } finally {
      ended.countDown();
    }
  }
}
