package dev.freshet.transport;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** An HTTP/1.1 server on a free port of 127.0.0.1 that does what a test says, byte by byte. */
final class FakeServer implements AutoCloseable {

  /** What to do with one request. */
  interface Script {
    void answer(Exchange exchange) throws IOException, InterruptedException;
  }

  private final ServerSocket listener;
  private final String scheme;
  private final Script script;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<Exchange> seen = new CopyOnWriteArrayList<>();

  private FakeServer(ServerSocket listener, String scheme, Script script) {
    this.listener = listener;
    this.scheme = scheme;
    this.script = script;
    threads.execute(this::accept);
  }

  static FakeServer plain(Script script) throws IOException {
    return new FakeServer(
        new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), "http", script);
  }

  static FakeServer tls(SSLContext context, Script script) throws IOException {
    return new FakeServer(
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
        "https",
        script);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        var exchange = new Exchange(head, socket);
        seen.add(exchange);
        script.answer(exchange);
        exchange.end();
      }
    } catch (IOException e) {
      // The other side is gone: what the tests of cutting and of TLS want.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }

  URI uri() {
    return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort());
  }

  /** The requests that have arrived, in order. */
  List<Exchange> seen() {
    return seen;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }

  /** One request and its answer. */
  static final class Exchange {
    private final String target;
    private final Map<String, String> headers = new HashMap<>();
    private final Socket socket;
    private boolean chunked;

    private Exchange(String head, Socket socket) {
      List<String> lines = head.lines().toList();
      this.target = lines.get(0).split(" ", -1)[1];
      this.socket = socket;
      for (String line : lines.subList(1, lines.size() - 1)) {
        int colon = line.indexOf(':');
        headers.merge(
            line.substring(0, colon).toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip(),
            (one, other) -> one + "," + other);
      }
    }

    String target() {
      return target;
    }

    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** Tells connections apart. */
    int remotePort() {
      return socket.getPort();
    }

    /** A whole answer; {@code lines} are more header lines. */
    void reply(int status, String body, String... lines) throws IOException {
      raw(head(status, lines) + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Begins an answer in chunks. */
    void begin(String... lines) throws IOException {
      chunked = true;
      raw(head(200, lines) + "Transfer-Encoding: chunked\r\n\r\n");
    }

    void chunk(String text) throws IOException {
      chunk(text.getBytes(StandardCharsets.UTF_8));
    }

    void chunk(byte[] bytes) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(bytes);
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }

    /** Bytes as they are. */
    void raw(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    }

    /** Closes the connection. */
    void cut() throws IOException {
      socket.close();
    }

    private void end() throws IOException {
      if (chunked) {
        raw("0\r\n\r\n");
      }
    }

    private static String head(int status, String... lines) {
      var head = new StringBuilder("HTTP/1.1 " + status + " Text\r\n");
      for (String line : lines) {
        head.append(line).append("\r\n");
      }
      return head.toString();
    }
  }
}
