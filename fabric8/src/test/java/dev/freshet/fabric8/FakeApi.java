package dev.freshet.fabric8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/** An HTTP/1.1 API server that does what a test says. */
final class FakeApi implements AutoCloseable {

  /** What to do with one request. */
  interface Script {
    void answer(HttpExchange exchange) throws IOException;
  }

  /** What was seen of one request. */
  record Seen(String method, String path, List<String> authorization, String clientName) {}

  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  private FakeApi(HttpServer server, String scheme, Script script) {
    this.server = server;
    this.scheme = scheme;
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(exchange, script));
    server.start();
  }

  static FakeApi plain(Script script) {
    try {
      return new FakeApi(HttpServer.create(anyPort(), 0), "http", script);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static FakeApi tls(SSLContext context, Script script) {
    try {
      HttpsServer server = HttpsServer.create(anyPort(), 0);
      server.setHttpsConfigurator(
          new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
              SSLParameters tls = context.getDefaultSSLParameters();
              tls.setWantClientAuth(true);
              parameters.setSSLParameters(tls);
            }
          });
      return new FakeApi(server, "https", script);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private void handle(HttpExchange exchange, Script script) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      seen.add(
          new Seen(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().getOrDefault("Authorization", List.of()),
              clientName(exchange)));
      script.answer(exchange);
    }
  }

  private static String clientName(HttpExchange exchange) {
    try {
      return exchange instanceof HttpsExchange tls
          ? tls.getSSLSession().getPeerPrincipal().getName()
          : "";
    } catch (SSLPeerUnverifiedException e) {
      return "";
    }
  }

  static void reply(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Answers 200 to one token and 401 to any other. */
  static Script onlyToken(String token) {
    return exchange ->
        reply(
            exchange,
            ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))
                ? 200
                : 401,
            "{}");
  }

  String url() {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Seen> seen() {
    return seen;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
