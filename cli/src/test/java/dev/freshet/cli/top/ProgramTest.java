package dev.freshet.cli.top;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.error.ConnectionException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a program that exposes its metrics is asked. */
class ProgramTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String METRICS = "freshet_caller_requests_total{caller=\"quota\"} 7.0\n";

  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private volatile int status = 200;
  private volatile boolean stalls;

  ProgramTest() throws IOException {
    server.createContext("/metrics", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(status, METRICS.length());
    if (!stalls) {
      exchange.getResponseBody().write(METRICS.getBytes(UTF_8));
      exchange.close();
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Program program(Duration within) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/metrics?key=canary";
    return new Program(URI.create(url), Set.of(), within);
  }

  @Test
  void aQueryIsSentAndNotShown() {
    try (Program program = program(LONG)) {
      assertThat(program.look().counts().callers()).containsKey("quota");
      assertThat(program.subject()).contains("/metrics").doesNotContain("canary");
    }
  }

  @Test
  void aProgramThatBeginsAnAnswerAndDoesNotEndItIsGivenUp() {
    stalls = true;
    try (Program program = program(Duration.ofMillis(100))) {
      assertThatThrownBy(program::look)
          .isInstanceOf(ConnectionException.class)
          .hasMessageContaining("did not answer in 100 ms");
    }
  }

  @Test
  void whatItHasShownIsShownOnWhenItFailsLater() {
    try (Program program = program(LONG)) {
      assertThat(program.look().trouble()).isEmpty();
      status = 500;
      Seen old = program.look();
      assertThat(old.trouble()).contains("answered 500").doesNotContain("canary");
      assertThat(old.counts().callers()).containsKey("quota");
    }
  }

  @Test
  void aPathThatIsNotThereIsSaidAtOnce() {
    status = 404;
    try (Program program = program(LONG)) {
      assertThatThrownBy(program::look).hasMessageContaining("answered 404");
    }
  }
}
