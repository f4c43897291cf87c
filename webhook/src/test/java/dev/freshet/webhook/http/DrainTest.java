package dev.freshet.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainTest {

  private static final Duration SOON = Duration.ofMillis(10);

  /** Longer than a test may take, so that only what ends by itself ends. */
  private static final Duration LONG = Duration.ofHours(1);

  @TempDir Path directory;
  private final Held held = new Held();
  private Site site;
  private HttpsServer server;

  @BeforeEach
  void makeKeys() throws Exception {
    site = new Site(directory);
    server = start(LONG);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpsServer start(Duration grace) {
    return HttpsServer.start(
        site.options()
            .limits(HttpLimits.defaults().deadlines(HttpDeadlines.defaults().drainGrace(grace))),
        Map.of(
            "/review",
            Endpoint.post(request -> HttpAnswer.text(200, "" + request.body().length)),
            "/held",
            Endpoint.post(held)));
  }

  /** Begins to drain, and comes back once nobody can connect any more. */
  private Thread drain(HttpsServer draining) {
    Thread thread = Thread.startVirtualThread(() -> draining.drain(LONG));
    Site.await(() -> isRefused(draining));
    return thread;
  }

  private static boolean isRefused(HttpsServer by) {
    try (var socket = new Socket()) {
      socket.connect(by.address());
      return false;
    } catch (ConnectException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void anExchangeUnderWayFinishesAndIsTheLastOfItsConnection() throws Exception {
    try (var client = site.connect(server)) {
      client.send(Client.posted("/held", ""));
      held.awaitRequest();
      Thread draining = drain(server);
      held.release();
      Client.Answer answer = client.read();
      assertThat(answer.body()).isEqualTo("held and released\n");
      assertThat(answer.headers()).containsEntry("Connection", "close");
      assertThat(client.isAtEnd()).isTrue();
      draining.join();
    }
  }

  @Test
  void aRequestOnAnOpenConnectionIsStillServed() throws Exception {
    try (var client = site.connect(server)) {
      assertThat(client.post("/review", "").headers()).doesNotContainKey("Connection");
      Thread draining = drain(server);
      Client.Answer answer = client.post("/review", "late");
      assertThat(answer.body()).isEqualTo("4\n");
      assertThat(answer.headers()).containsEntry("Connection", "close");
      draining.join();
    }
  }

  @Test
  void aRequestWhoseBodyStillComesIsServedAfterTheGrace() throws Exception {
    try (var shortly = start(SOON);
        var client = site.connect(shortly);
        var idle = site.connect(shortly)) {
      client.send(
          Client.head(
              "POST /review HTTP/1.1", "Host: test", "Content-Length: 4", "Expect: 100-continue"));
      assertThat(client.read().status()).isEqualTo(100);
      Thread draining = drain(shortly);
      assertThat(idle.isAtEnd()).isTrue();
      assertThat(client.send("late").read().body()).isEqualTo("4\n");
      draining.join();
    }
  }

  @Test
  void idleConnectionsAreClosedAfterTheGrace() throws Exception {
    try (var shortly = start(SOON);
        var idle = site.connect(shortly)) {
      shortly.drain(LONG);
      assertThat(idle.isAtEnd()).isTrue();
    }
  }

  @Test
  void anExchangeThatDoesNotEndIsCutOffAndItsHandlerInterrupted() throws Exception {
    try (var client = site.connect(server)) {
      client.send(Client.posted("/held", ""));
      held.awaitRequest();
      server.drain(SOON);
      held.awaitInterrupt();
      assertThatThrownBy(client::read).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whoeverAllowsTheLeastTimeDecides() throws Exception {
    try (var client = site.connect(server)) {
      client.send(Client.posted("/held", ""));
      held.awaitRequest();
      Thread draining = drain(server);
      server.drain(SOON);
      draining.join();
      held.awaitInterrupt();
    }
  }

  @Test
  void aServerMayBeClosedAgain() throws Exception {
    server.close();
    server.close();
    assertThat(isRefused(server)).isTrue();
  }

  @Test
  void anInterruptEndsADrain() throws Exception {
    try (var client = site.connect(server)) {
      client.send(Client.posted("/held", ""));
      held.awaitRequest();
      Thread.currentThread().interrupt();
      server.drain(LONG);
      assertThat(Thread.interrupted()).isTrue();
      held.awaitInterrupt();
    }
  }
}
