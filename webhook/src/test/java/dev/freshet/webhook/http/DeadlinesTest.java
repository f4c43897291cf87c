package dev.freshet.webhook.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a client may take its time for, on a connection whose time the test lets pass. */
class DeadlinesTest {

  private static final HttpDeadlines WITHIN = HttpDeadlines.defaults();
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final HttpLimits limits = HttpLimits.defaults().maxConcurrent(1);
  private final Reception reception =
      new Reception(
          ServerOptions.defaults(
                  TlsFiles.of(Path.of("not", "read"), Path.of("not", "read")),
                  new ClientPolicy.Unverified())
              .limits(limits),
          Map.of("/review", Endpoint.post(request -> HttpAnswer.text(200, "not reached"))));

  private EmbeddedChannel connect() {
    var connection = new EmbeddedChannel();
    connection.freezeTime();
    new Connections(
            () -> {
              throw new AssertionError();
            },
            reception,
            limits,
            () -> false,
            new AnswerCounts())
        .addHttp(connection.pipeline());
    connection.pipeline().fireChannelActive();
    return connection;
  }

  private static void send(EmbeddedChannel connection, String text) {
    connection.writeInbound(Unpooled.copiedBuffer(text, ISO_8859_1));
  }

  private static void pass(EmbeddedChannel connection, Duration time) {
    connection.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    connection.runScheduledPendingTasks();
    connection.runPendingTasks();
  }

  private static String received(EmbeddedChannel connection) {
    var text = new StringBuilder();
    for (ByteBuf part = connection.readOutbound(); part != null; part = connection.readOutbound()) {
      text.append(part.toString(ISO_8859_1));
      part.release();
    }
    return text.toString();
  }

  /** The answer has time to get there before the connection ends. */
  private static void assertLingers(EmbeddedChannel connection) {
    pass(connection, Exchanges.LINGER.minus(MOMENT));
    assertThat(connection.isOpen()).isTrue();
    pass(connection, MOMENT);
    assertThat(connection.isOpen()).isFalse();
  }

  /** Sends the text byte by byte, all but its last one, in just less than so long. */
  private static void drip(EmbeddedChannel connection, String text, Duration within) {
    Duration step = within.minus(MOMENT).dividedBy(text.length() - 1);
    for (char c : text.substring(0, text.length() - 1).toCharArray()) {
      send(connection, "" + c);
      pass(connection, step);
    }
  }

  @Test
  void aHeaderByDropsIsCutOffAtItsDeadline() {
    EmbeddedChannel connection = connect();
    drip(connection, Client.head("GET / HTTP/1.1", "Slow: yes"), WITHIN.header());
    assertThat(received(connection)).isEmpty();
    pass(connection, MOMENT.multipliedBy(2));
    assertThat(received(connection)).startsWith("HTTP/1.1 408 ").contains("connection: close");
    assertLingers(connection);
  }

  @Test
  void aHeaderByDropsThatEndsInTimeIsTaken() {
    EmbeddedChannel connection = connect();
    drip(connection, Client.head("GET / HTTP/1.1", "Slow: yes"), WITHIN.header());
    send(connection, "\n");
    assertThat(received(connection)).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void aBodyByDropsIsCutOffAtItsDeadline() {
    EmbeddedChannel connection = connect();
    send(connection, Client.postHead("/review", 20));
    drip(connection, "a".repeat(20), WITHIN.body());
    assertThat(received(connection)).isEmpty();
    pass(connection, MOMENT.multipliedBy(2));
    assertThat(received(connection)).startsWith("HTTP/1.1 408 ").contains("connection: close");
    assertLingers(connection);
  }

  @Test
  void aBodyCutOffLeavesRoomForOthers() {
    EmbeddedChannel slow = connect();
    send(slow, Client.postHead("/review", 20));
    EmbeddedChannel refused = connect();
    send(refused, Client.postHead("/review", 20));
    assertThat(received(refused)).startsWith("HTTP/1.1 429 ");
    pass(slow, WITHIN.body());
    EmbeddedChannel next = connect();
    send(next, Client.postHead("/review", 20));
    assertThat(received(next)).isEmpty();
  }

  @Test
  void theBodyOfARefusedRequestHasADeadlineToo() {
    EmbeddedChannel connection = connect();
    send(connection, Client.postHead("/nowhere", 20));
    assertThat(received(connection)).startsWith("HTTP/1.1 404 ");
    drip(connection, "a".repeat(20), WITHIN.body());
    assertThat(connection.isOpen()).isTrue();
    pass(connection, MOMENT.multipliedBy(2));
    assertLingers(connection);
  }

  @Test
  void aConnectionThatNeverAsksIsClosed() {
    EmbeddedChannel connection = connect();
    pass(connection, WITHIN.idle().minus(MOMENT));
    assertThat(connection.isOpen()).isTrue();
    pass(connection, MOMENT);
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void anIdleConnectionIsClosedAfterItsLastAnswer() {
    EmbeddedChannel connection = connect();
    pass(connection, WITHIN.idle().minus(MOMENT));
    send(connection, Client.head("GET / HTTP/1.1"));
    assertThat(received(connection)).startsWith("HTTP/1.1 404 ");
    pass(connection, WITHIN.idle().minus(MOMENT));
    assertThat(connection.isOpen()).isTrue();
    pass(connection, MOMENT);
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void theSecondHeaderOfAConnectionHasItsOwnDeadline() {
    EmbeddedChannel connection = connect();
    send(connection, Client.head("GET / HTTP/1.1"));
    assertThat(received(connection)).startsWith("HTTP/1.1 404 ");
    pass(connection, WITHIN.header());
    send(connection, "GET");
    pass(connection, WITHIN.header().minus(MOMENT));
    assertThat(received(connection)).isEmpty();
    pass(connection, MOMENT);
    assertThat(received(connection)).startsWith("HTTP/1.1 408 ");
  }
}
