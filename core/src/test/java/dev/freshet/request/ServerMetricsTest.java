package dev.freshet.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.codec.Gzip;
import dev.freshet.error.ApiException;
import dev.freshet.scripted.Gates;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.time.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {

  private final ScriptedServer server = new ScriptedServer();
  private final VirtualTime time = new VirtualTime();
  private final RequestGate gate = Gates.of(server, time);

  private CompletableFuture<String> read() {
    return CompletableFuture.supplyAsync(
        () -> {
          var text = new StringBuilder();
          new ServerMetrics(gate, "top")
              .read(
                  Deadline.in(Duration.ofMinutes(1), time),
                  piece -> text.append(StandardCharsets.UTF_8.decode(piece)));
          return text.toString();
        });
  }

  @Test
  void theTextComesUncompressedAndIsChargedToItsCallerAsItTravelled() throws Exception {
    byte[] wire = Gzip.member("up 1\n".getBytes(StandardCharsets.UTF_8));
    var text = read();
    var exchange = server.nextRequest();
    assertThat(exchange.request().pathAndQuery()).isEqualTo("/metrics");
    exchange.answer(200, Map.of("Content-Encoding", "gzip")).push(wire).end();
    assertThat(text.join()).isEqualTo("up 1\n");
    assertThat(gate.governor().use("top"))
        .hasValueSatisfying(use -> assertThat(use.bytes()).isEqualTo(wire.length));
  }

  @Test
  void whoMayNotReadThemIsToldWhichRoleGrantsIt() throws Exception {
    var text = read();
    server.nextRequest().answer(403).end();
    assertThatThrownBy(text::join)
        .cause()
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("\"get\" on the non-resource URL \"/metrics\"")
        .hasMessageContaining("system:monitoring");
  }
}
