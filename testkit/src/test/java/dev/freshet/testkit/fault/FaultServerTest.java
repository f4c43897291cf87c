package dev.freshet.testkit.fault;

import static dev.freshet.testkit.fault.Http.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.testkit.TestkitException;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultServerTest {
  private static final int BIG_BYTES = 40 << 20;

  private final FaultServer server = FaultServer.start();
  private final Http http = new Http(server.config());

  FaultServerTest() throws Exception {}

  @AfterEach
  void close() {
    http.close();
    server.close();
  }

  @Test
  void aRequestIsSeenAsItWasSent() throws Exception {
    var answer = http.post("/api/v1/pods%2F?dryRun=All&a=%C3%A4", "{\"name\":\"ä\"}");
    Exchange exchange = server.nextRequest();
    Request request = exchange.request();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/api/v1/pods%2F");
    assertThat(request.query()).isEqualTo(Map.of("dryRun", "All", "a", "ä"));
    assertThat(request.header("User-Agent").orElseThrow()).startsWith("Java-http-client");
    assertThat(request.body()).isEqualTo("{\"name\":\"ä\"}");
    exchange.answer(201, "{}");
    assertThat(answer).succeedsWithin(PATIENCE).extracting(HttpResponse::statusCode).isEqualTo(201);
    assertThat(answer.get().version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(answer.get().headers().firstValue("content-type")).contains("application/json");
  }

  @Test
  void eachPieceArrivesWhenItIsPushed() throws Exception {
    var opened = http.open("/watch");
    Exchange watch = server.nextRequest().answer(200);
    InputStream body = opened.get().body();
    watch.push("one");
    assertThat(body.readNBytes(3)).asString(UTF_8).isEqualTo("one");
    watch.push("two").end();
    assertThat(body.readAllBytes()).asString(UTF_8).isEqualTo("two");
  }

  @Test
  void textMayBeSplitInsideACharacter() throws Exception {
    var answer = http.get("/x");
    server.nextRequest().answer(200).pushSplit("Müller €", 1).end();
    assertThat(answer)
        .succeedsWithin(PATIENCE)
        .extracting(HttpResponse::body)
        .isEqualTo("Müller €");
  }

  @Test
  void anAnswerLargerThanTheWindowsPassesToAClientThatReads() throws Exception {
    var opened = http.open("/big");
    Exchange exchange = server.nextRequest().answer(200);
    // Not in the common pool, which the client needs too, and which may have one thread.
    Thread.ofVirtual().start(() -> exchange.push(new byte[BIG_BYTES]).end());
    assertThat(opened.get().body().readAllBytes()).hasSize(BIG_BYTES);
  }

  @Test
  void aPushToAClientThatDoesNotReadFailsInsteadOfFillingTheHeap() throws Exception {
    var opened = http.open("/big");
    Exchange exchange = server.nextRequest().answer(200);
    server.patience(Duration.ofMillis(200));
    opened.get();
    assertThatThrownBy(
            () -> {
              for (int sent = 0; sent < 16 * BIG_BYTES; sent += BIG_BYTES) {
                exchange.push(new byte[BIG_BYTES]);
              }
            })
        .isInstanceOf(TestkitException.class)
        .hasMessageContaining("unread");
  }

  @Test
  void aResetStreamLeavesTheOthersOfItsConnection() throws Exception {
    var first = http.get("/first");
    Exchange doomed = server.nextRequest();
    var second = http.get("/second");
    Exchange other = server.nextRequest();
    assertThat(other.connection().id()).isEqualTo(doomed.connection().id());
    doomed.reset(StreamError.INTERNAL_ERROR);
    assertThat(first)
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(IOException.class);
    other.answer(200, "{}");
    assertThat(second).succeedsWithin(PATIENCE);
  }

  @Test
  void aCutConnectionBreaksEveryAnswerOnIt() throws Exception {
    var watch = http.open("/watch");
    Exchange open = server.nextRequest().answer(200);
    InputStream body = watch.get().body();
    var other = http.get("/other");
    server.nextRequest();
    open.connection().cut();
    assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
    assertThat(other).failsWithin(PATIENCE);
    assertThat(open.isGivenUp()).isTrue();
  }

  @Test
  void anEndedConnectionKeepsWhatWasPushedBefore() throws Exception {
    // A bare socket: the JDK's HTTP client would drop what it has when the connection ends.
    SSLContext tls = SSLUtils.sslContext(server.config());
    try (Socket socket =
        tls.getSocketFactory()
            .createSocket(InetAddress.getLoopbackAddress(), server.uri().getPort())) {
      socket.getOutputStream().write("GET /x HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
      server
          .nextRequest()
          .answer(200, Map.of("content-length", "99"))
          .push("last words")
          .connection()
          .end();
      var came = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(came);
      assertThat(came.toString(UTF_8)).endsWith("\r\n\r\nlast words");
    }
  }

  @Test
  void afterGoAwayNewRequestsComeOnAnotherConnectionAndOldOnesGoOn() throws Exception {
    var watch = http.open("/watch");
    Exchange open = server.nextRequest().answer(200);
    InputStream body = watch.get().body();
    open.connection().goAway();
    // GOAWAY is on its way before this byte is.
    open.push("x");
    body.read();
    var later = http.get("/later");
    Exchange next = server.nextRequest().answer(200, "{}");
    assertThat(later).succeedsWithin(PATIENCE);
    assertThat(next.connection().id()).isNotEqualTo(open.connection().id());
    open.push("still here").end();
    assertThat(body.readAllBytes()).asString(UTF_8).isEqualTo("still here");
  }

  @Test
  void aFrozenConnectionTakesNoRequestAndStaysOpen() throws Exception {
    var watch = http.open("/watch");
    Exchange open = server.nextRequest().answer(200);
    InputStream body = watch.get().body();
    open.connection().freeze();
    var unseen = http.get("/unseen");
    server.patience(Duration.ofMillis(200));
    assertThatThrownBy(server::nextRequest).isInstanceOf(TestkitException.class);
    assertThat(unseen).isNotDone();
    assertThat(open.connection().isOpen()).isTrue();
    open.push("x");
    assertThat(body.read()).isEqualTo('x');
  }

  @Test
  void aRequestThatTheClientGivesUpIsNoticed() throws Exception {
    var watch = http.open("/watch");
    Exchange open = server.nextRequest().answer(200);
    watch.get().body().close();
    open.awaitGivenUp();
  }

  @Test
  void anAnswerInGoodOrderIsNotTakenForGivenUp() throws Exception {
    var answer = http.get("/x");
    Exchange exchange = server.nextRequest().answer(200, "{}");
    assertThat(answer).succeedsWithin(PATIENCE);
    http.close();
    server.close();
    assertThat(exchange.isGivenUp()).isFalse();
  }

  @Test
  void requestsOfNoInterestAreAnsweredByRule() throws Exception {
    server.always(request -> request.path().equals("/version"), any -> any.answer(200, "v1"));
    assertThat(http.get("/version"))
        .succeedsWithin(PATIENCE)
        .extracting(HttpResponse::body)
        .isEqualTo("v1");
    assertThat(server.hasUnseenRequests()).isFalse();
  }

  @Test
  void aRequestIsTakenOutOfOrderByWhatItIs() throws Exception {
    var first = http.get("/first");
    var watch = http.open("/pods?watch=true");
    assertThat(server.nextRequest(Request::isWatch).request().path()).isEqualTo("/pods");
    assertThat(server.nextRequest().request().path()).isEqualTo("/first");
    assertThat(List.of(first, watch)).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void whatDidNotComeIsSaidWithWhatCame() throws Exception {
    var taken = http.get("/first?x=1");
    server.nextRequest();
    var other = http.get("/other");
    server.patience(Duration.ofMillis(500));
    assertThatThrownBy(() -> server.nextRequest(Request::isWatch))
        .isInstanceOf(TestkitException.class)
        .hasMessageContaining("GET /other");
    assertThat(List.of(taken, other)).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void clientsWithoutHttp2AreServedToo() throws Exception {
    try (var old = new Http(server.config(), HttpClient.Version.HTTP_1_1)) {
      var first = old.get("/first");
      Exchange exchange = server.nextRequest();
      assertThat(exchange.connection().isHttp2()).isFalse();
      exchange.answer(200).push("one").push("two").end();
      assertThat(first).succeedsWithin(PATIENCE).extracting(HttpResponse::body).isEqualTo("onetwo");
      var second = old.open("/second");
      Exchange broken = server.nextRequest().answer(200).push("half");
      // Once it has begun: a GET that broke before is sent again by the client.
      InputStream body = second.get().body();
      broken.reset(StreamError.INTERNAL_ERROR);
      assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aHeadersOfATokenIsNotInTheRequestsText() throws Exception {
    assertThat(
            Request.of("GET", "/x?a=b", Map.of("authorization", List.of("Bearer secret")), "", 3))
        .hasToString("GET /x?{a=b} on #3");
  }
}
