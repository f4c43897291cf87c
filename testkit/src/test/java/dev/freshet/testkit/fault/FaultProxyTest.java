package dev.freshet.testkit.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.process.Poll;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultProxyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int SILENT_MILLIS = 100;

  private final EchoServer server = new EchoServer();
  private final FaultProxy proxy = FaultProxy.inFrontOf(server.uri());

  FaultProxyTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void bytesPassBothWaysAndAreCounted() throws IOException {
    try (Socket client = connect()) {
      assertThat(echo(client, "hello")).isEqualTo("hello");
    }
    await(() -> proxy.counters().open() == 0);
    assertThat(proxy.counters()).isEqualTo(new ProxyCounters(0, 1, 0, 0, 0, 5, 5));
  }

  @Test
  void theEndOfOneDirectionLeavesTheOtherOpen() throws IOException {
    try (Socket client = connect()) {
      client.getOutputStream().write("last words".getBytes(US_ASCII));
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).asString(US_ASCII).isEqualTo("last words");
    }
  }

  @Test
  void cutAllResetsEveryOpenConnectionAndNoLaterOne() throws IOException {
    try (Socket first = connect();
        Socket second = connect()) {
      echo(first, "a");
      echo(second, "b");
      assertThat(proxy.cutAll()).isEqualTo(2);
      assertReset(first);
      assertReset(second);
    }
    try (Socket third = connect()) {
      assertThat(echo(third, "c")).isEqualTo("c");
    }
    assertThat(proxy.counters().cut()).isEqualTo(2);
  }

  @Test
  void eachConnectionIsCutAfterItsOwnNumberOfBytesAndTheSeedSaysWhich() throws IOException {
    var expected = new Random(7);
    proxy.cutAfter(new Random(7), 100);
    for (int i = 0; i < 10; i++) {
      long before = bytes();
      long life = expected.nextLong(1, 101);
      try (Socket client = connect()) {
        client.getOutputStream().write(new byte[200]);
        assertReset(client);
      }
      assertThat(bytes() - before).isEqualTo(life);
    }
    // A client may see the end of its connection before the proxy has counted it.
    await(() -> proxy.counters().cut() == 10);
  }

  @Test
  void connectionsThatAreOpenAreCutTooAndNoMoreAfterResume() throws IOException {
    try (Socket client = connect();
        Socket spared = connect()) {
      echo(client, "hello");
      echo(spared, "hello");
      proxy.cutAfter(new Random(1), 10);
      client.getOutputStream().write(new byte[10]);
      assertReset(client);
      proxy.resume();
      assertThat(echo(spared, "more than ten bytes")).isEqualTo("more than ten bytes");
    }
  }

  @Test
  void whatIsHeldPassesAfterResumeAndTheConnectionStays() throws IOException {
    try (Socket client = connect()) {
      echo(client, "before");
      proxy.hold();
      client.getOutputStream().write("held".getBytes(US_ASCII));
      assertSilent(client);
      assertThat(proxy.counters().bytesToServer()).isEqualTo(6);
      proxy.resume();
      assertThat(read(client, 4)).isEqualTo("held");
    }
  }

  @Test
  void oneDirectionCanBeHeldAlone() throws IOException {
    try (Socket client = connect()) {
      echo(client, "before");
      proxy.hold(Direction.TO_CLIENT);
      client.getOutputStream().write("held".getBytes(US_ASCII));
      await(() -> proxy.counters().bytesToServer() == 10);
      assertSilent(client);
      assertThat(proxy.counters().bytesToClient()).isEqualTo(6);
      proxy.resume();
      assertThat(read(client, 4)).isEqualTo("held");
    }
  }

  @Test
  void aConnectionMadeWhileHeldIsAcceptedAndSilent() throws IOException {
    proxy.hold();
    try (Socket client = connect()) {
      client.getOutputStream().write("held".getBytes(US_ASCII));
      assertSilent(client);
      proxy.resume();
      assertThat(read(client, 4)).isEqualTo("held");
    }
  }

  @Test
  void aHeldConnectionCanBeCut() throws IOException {
    try (Socket client = connect()) {
      echo(client, "before");
      proxy.hold();
      client.getOutputStream().write("lost".getBytes(US_ASCII));
      proxy.cutAll();
      assertReset(client);
    }
    await(() -> proxy.counters().open() == 0);
  }

  @Test
  void aSlowProxyPassesByteByByteUntilResumed() throws IOException {
    String text = "x".repeat(600);
    proxy.slow(1);
    try (Socket client = connect()) {
      client.getOutputStream().write(text.getBytes(US_ASCII));
      read(client, 1);
      // Ten minutes' worth; the machine may be slow, too.
      assertThat(proxy.counters().bytesToServer()).isLessThan(300);
      proxy.resume();
      assertThat(read(client, 599)).isEqualTo(text.substring(1));
    }
  }

  @Test
  void whileItRefusesNewConnectionsAreResetAndOpenOnesGoOn() throws IOException {
    try (Socket old = connect()) {
      echo(old, "a");
      proxy.refuse();
      try (Socket refused = connect()) {
        assertReset(refused);
      } catch (SocketException resetWhileConnecting) {
        // Also what it says.
      }
      assertThat(echo(old, "b")).isEqualTo("b");
    }
    proxy.accept();
    try (Socket accepted = connect()) {
      assertThat(echo(accepted, "c")).isEqualTo("c");
    }
    assertThat(proxy.counters().refused()).isEqualTo(1);
  }

  @Test
  void withoutAServerConnectionsAreResetAndCounted() throws IOException {
    server.close();
    try (Socket client = connect()) {
      assertReset(client);
    }
    assertThat(proxy.counters().unreachable()).isEqualTo(1);
  }

  @Test
  void aClosedProxyHasResetItsConnectionsAndListensNoMore() throws IOException {
    try (Socket client = connect()) {
      echo(client, "a");
      proxy.hold();
      proxy.close();
      assertReset(client);
    }
    assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
    assertThat(proxy.counters().open()).isZero();
  }

  @Test
  void anAddressThatIsNoServerIsRefused() {
    assertThatThrownBy(() -> FaultProxy.inFrontOf(URI.create("ftp://127.0.0.1")))
        .isInstanceOf(TestkitException.class)
        .hasMessageContaining("https://host:port");
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.uri().getPort());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  private static String echo(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(US_ASCII));
    return read(client, text.length());
  }

  private static String read(Socket client, int bytes) throws IOException {
    return new String(client.getInputStream().readNBytes(bytes), US_ASCII);
  }

  private static void assertReset(Socket client) {
    assertThatThrownBy(() -> client.getInputStream().transferTo(OutputStream.nullOutputStream()))
        .isExactlyInstanceOf(SocketException.class);
  }

  private static void assertSilent(Socket client) throws IOException {
    client.setSoTimeout(SILENT_MILLIS);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    client.setSoTimeout((int) PATIENCE.toMillis());
  }

  private long bytes() {
    return proxy.counters().bytesToServer() + proxy.counters().bytesToClient();
  }

  private static void await(BooleanSupplier condition) {
    assertThat(Poll.until("the proxy", PATIENCE, condition)).isTrue();
  }
}
