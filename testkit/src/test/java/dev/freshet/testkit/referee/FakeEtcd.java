package dev.freshet.testkit.referee;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** An etcd that answers what the test says; each watch gets the next script, and then ends. */
final class FakeEtcd implements AutoCloseable {
  private static final String EMPTY = "{\"header\":{\"revision\":\"10\"}}";

  private final HttpServer server;
  private final Queue<String> watches = new ConcurrentLinkedQueue<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String range = EMPTY;
  private volatile long putRevision;

  FakeEtcd() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v3/kv/range", this::range);
    server.createContext(
        "/v3/kv/put",
        exchange -> answer(exchange, "{\"header\":{\"revision\":\"" + putRevision + "\"}}"));
    server.createContext("/v3/kv/deleterange", exchange -> answer(exchange, "{}"));
    server.createContext("/v3/watch", this::watch);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What the next watch is told before it is cut off. */
  FakeEtcd watch(String... messages) {
    watches.add(String.join("\n", messages));
    return this;
  }

  /** What is held at the marker. */
  FakeEtcd range(String answer) {
    range = answer;
    return this;
  }

  /** The revision at which the marker is written. */
  FakeEtcd puttingAt(long revision) {
    putRevision = revision;
    return this;
  }

  /** The bodies of the watches that were opened. */
  List<String> asked() {
    return asked;
  }

  /** The first range asks for values, and finds nothing; the last one asks for keys only. */
  private void range(HttpExchange exchange) throws IOException {
    String asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    answer(exchange, asked.contains("\"keys_only\":true") ? range : EMPTY);
  }

  private void watch(HttpExchange exchange) throws IOException {
    asked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    String script = watches.poll();
    answer(exchange, script == null ? "" : script);
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
