package dev.freshet.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultProxyPathsTest {
  private final EchoServer server = new EchoServer();
  private final FaultProxy proxy = FaultProxy.inFrontOf(server.uri());

  FaultProxyPathsTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    proxy.close();
    server.close();
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
