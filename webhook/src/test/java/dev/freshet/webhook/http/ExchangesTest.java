package dev.freshet.webhook.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangesTest {

  @TempDir Path directory;
  private final Queue<HttpRequest> seen = new ConcurrentLinkedQueue<>();
  private final AtomicInteger atWork = new AtomicInteger();
  private final AtomicInteger mostAtWork = new AtomicInteger();
  private final Held held = new Held();
  private Site site;
  private HttpsServer server;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    site = new Site(directory);
    server =
        HttpsServer.start(
            site.options(),
            Map.of(
                "/echo", Endpoint.post(this::echo),
                "/held", Endpoint.post(held),
                "/broken", Endpoint.post(ExchangesTest::fail),
                "/readyz", Endpoint.get(request -> HttpAnswer.text(200, "ok"))));
    client = site.connect(server);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
  }

  private HttpAnswer echo(HttpRequest request) {
    seen.add(request);
    mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
    try {
      return HttpAnswer.json(request.body());
    } finally {
      atWork.decrementAndGet();
    }
  }

  private static HttpAnswer fail(HttpRequest request) {
    throw new IllegalStateException("a secret of " + request.path());
  }

  @Test
  void aRequestReachesItsHandlerWhole() throws Exception {
    client
        .send(
            Client.head(
                    "POST /echo?timeout=10s&dry%20run=a%26b HTTP/1.1",
                    "Host: test", "Content-Type: application/json", "Content-Length: 4")
                + "{\"a\"")
        .read();
    HttpRequest request = seen.remove();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/echo");
    assertThat(request.query()).isEqualTo(Map.of("timeout", "10s", "dry run", "a&b"));
    assertThat(request.contentType()).isEqualTo(Optional.of("application/json"));
    assertThat(request.body()).isEqualTo("{\"a\"".getBytes(UTF_8));
    assertThat(request.client()).isEqualTo(Optional.of(site.apiServer.certificate()));
    assertThat(request.receivedNanos()).isLessThanOrEqualTo(System.nanoTime());
  }

  @Test
  void anAnswerReachesItsClientWhole() throws Exception {
    Client.Answer answer = client.post("/echo", "{}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .hasSize(2)
        .containsEntry("Content-Type", "application/json")
        .containsEntry("Content-Length", "2");
    assertThat(answer.body()).isEqualTo("{}");
  }

  @Test
  void aConnectionServesOneRequestAfterAnother() throws Exception {
    for (String body : List.of("first", "second", "third")) {
      assertThat(client.post("/echo", body).body()).isEqualTo(body);
    }
  }

  @Test
  void aBodyMayComeInChunks() throws Exception {
    client.send(
        Client.head("POST /echo HTTP/1.1", "Host: test", "Transfer-Encoding: chunked")
            + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    assertThat(client.read().body()).isEqualTo("abcde");
  }

  @Test
  void whoAsksBeforeSendingABodyIsToldToGoOn() throws Exception {
    client.send(
        Client.head(
            "POST /echo HTTP/1.1", "Host: test", "Content-Length: 3", "Expect: 100-continue"));
    assertThat(client.read().status()).isEqualTo(100);
    assertThat(client.send("abc").read().body()).isEqualTo("abc");
  }

  @Test
  void whoAsksBeforeSendingABodyThatNobodyWantsIsToldSo() throws Exception {
    client.send(
        Client.head(
            "POST /nowhere HTTP/1.1", "Host: test", "Content-Length: 3", "Expect: 100-continue"));
    Client.Answer answer = client.read();
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.headers()).containsEntry("Connection", "close");
    assertThat(client.isAtEnd()).isTrue();
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    var all = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      all.append(Client.posted("/echo", "body " + i));
    }
    client.send(all.toString());
    for (int i = 0; i < 100; i++) {
      assertThat(client.read().body()).isEqualTo("body " + i);
    }
    assertThat(mostAtWork).hasValue(1);
  }

  @Test
  void aRequestWaitsForTheOneBefore() throws Exception {
    client.send(Client.posted("/held", "") + Client.posted("/echo", "after"));
    held.awaitRequest();
    assertThat(seen).isEmpty();
    held.release();
    assertThat(client.read().body()).isEqualTo("held and released\n");
    assertThat(client.read().body()).isEqualTo("after");
  }

  @Test
  void thousandsOfPipelinedRefusalsAreAnsweredOneByOne() throws Exception {
    client.send(Client.head("GET / HTTP/1.1").repeat(3_000));
    for (int i = 0; i < 3_000; i++) {
      assertThat(client.read().status()).isEqualTo(404);
    }
  }

  @Test
  void anUnknownPathIsNotFound() throws Exception {
    assertThat(client.post("/echo/more", "").status()).isEqualTo(404);
  }

  @Test
  void anotherMethodIsToldWhichOneIsTaken() throws Exception {
    Client.Answer answer = client.get("/echo");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers()).containsEntry("Allow", "POST");
  }

  @Test
  void aRefusedRequestWithABodyLeavesTheConnectionUsable() throws Exception {
    assertThat(client.post("/nowhere", "a body").status()).isEqualTo(404);
    assertThat(client.post("/echo", "next").body()).isEqualTo("next");
  }

  @Test
  void aHandlerThatFailsShowsNothingOfWhy() throws Exception {
    Client.Answer answer = client.post("/broken", "");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("secret");
    assertThat(client.post("/echo", "next").body()).isEqualTo("next");
  }

  @Test
  void whatIsNotHttpIsRefused() throws Exception {
    assertThat(client.send(Client.head("hello")).read().status()).isEqualTo(400);
    assertThat(client.isAtEnd()).isTrue();
  }

  @Test
  void anEscapeThatIsNoneIsRefused() throws Exception {
    assertThat(client.get("/echo?a=%zz").status()).isEqualTo(400);
  }

  @Test
  void aClientThatWantsTheConnectionClosedGetsThat() throws Exception {
    Client.Answer answer =
        client.send(Client.head("GET /readyz HTTP/1.1", "Host: test", "Connection: close")).read();
    assertThat(answer.headers()).containsEntry("Connection", "close");
    assertThat(client.isAtEnd()).isTrue();
  }

  @Test
  void aClientThatGoesAwayInterruptsItsHandler() throws Exception {
    client.send(Client.posted("/held", ""));
    held.awaitRequest();
    client.close();
    held.awaitInterrupt();
  }
}
