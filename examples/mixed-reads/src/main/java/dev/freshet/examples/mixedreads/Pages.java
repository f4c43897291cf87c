package dev.freshet.examples.mixedreads;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.error.FreshetException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Texts by HTTP on 127.0.0.1, each made anew whenever somebody asks. */
final class Pages implements AutoCloseable {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  /** Prometheus wants the version of its format to be named; others do not mind. */
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /**
   * Serves from now on.
   *
   * @param port 0 for any that is free
   * @param texts by path; each answers for what is below it, too
   */
  Pages(int port, Map<String, Supplier<String>> texts) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    texts.forEach((path, text) -> server.createContext(path, exchange -> answer(exchange, text)));
    server.start();
  }

  /** A read that cannot be answered as it was asked fails, and the page says why. */
  private static void answer(HttpExchange exchange, Supplier<String> text) throws IOException {
    try {
      send(exchange, OK, text.get());
    } catch (FreshetException e) {
      send(exchange, UNAVAILABLE, e.problem() + ". " + e.remedy());
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", TYPE);
    exchange.sendResponseHeaders(status, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** Where it listens. */
  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
