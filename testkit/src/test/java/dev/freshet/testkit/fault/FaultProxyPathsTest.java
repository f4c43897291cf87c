package dev.freshet.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.testkit.process.Poll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultProxyPathsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int SILENT_MILLIS = 100;

  private final EchoServer server = new EchoServer();
  private final FaultProxy proxy = FaultProxy.inFrontOf(server.uri());

  FaultProxyPathsTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void aStrandedConnectionStaysSilentWhileNewOnesWork() throws IOException {
    try (Socket old = connect()) {
      assertThat(echo(old)).isEqualTo('e');
      assertThat(proxy.strand()).isEqualTo(1);

      try (Socket fresh = connect()) {
        assertThat(echo(fresh)).isEqualTo('e');
      }
      proxy.resume();
      old.setSoTimeout(SILENT_MILLIS);
      assertThatThrownBy(() -> echo(old)).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aStrandedConnectionGoesWhenItsClientGivesItUp() throws IOException {
    try (Socket client = connect()) {
      echo(client);
      proxy.strand();
    }
    assertThat(Poll.until("the end", PATIENCE, () -> proxy.counters().open() == 0)).isTrue();
  }

  @Test
  void newConnectionsGoToTheOtherServerAndOpenOnesStay() throws IOException {
    var other = new EchoServer();
    try (Socket old = connect()) {
      echo(old);
      proxy.forwardTo(other.uri());
      server.close();
      try (Socket fresh = connect()) {
        assertThat(echo(fresh)).isEqualTo('e');
      }
      assertThat(echo(old)).isEqualTo('e');
    } finally {
      other.close();
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.uri().getPort());
  }

  private static int echo(Socket socket) throws IOException {
    socket.getOutputStream().write('e');
    return socket.getInputStream().read();
  }
}
