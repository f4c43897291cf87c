package dev.freshet.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A server on 127.0.0.1 that gives scripted answers to an API server's paths; 404 to all others.
 */
final class FakeApiServer implements AutoCloseable {

  private static final String CORE_KINDS =
      """
      {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[{"metadata":{},
      "versions":[{"version":"v1","resources":[
       {"resource":"pods","responseKind":{"group":"","version":"v1","kind":"Pod"},
        "scope":"Namespaced","singularResource":"pod","shortNames":["po"],
        "verbs":["get","list","watch"]},
       {"resource":"nodes","responseKind":{"group":"","version":"v1","kind":"Node"},
        "scope":"Cluster","singularResource":"node","verbs":["get","list","watch"]}]}]}]}
      """;

  private static final String NO_KINDS =
      """
      {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[]}
      """;

  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();

  private record Answer(int status, String body) {}

  /** One that serves Pods and nodes, in version 1.37.2. */
  static FakeApiServer start() throws IOException {
    var fake =
        new FakeApiServer(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    fake.answer("/api", 200, CORE_KINDS);
    fake.answer("/apis", 200, NO_KINDS);
    fake.version("v1.37.2");
    return fake;
  }

  private FakeApiServer(HttpServer server) {
    this.server = server;
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Answer answer = answers.getOrDefault(path, new Answer(404, "{\"kind\":\"Status\"}"));
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Scripts the answer to a path. */
  void answer(String path, int status, String body) {
    answers.put(path, new Answer(status, body));
  }

  void version(String version) {
    answer("/version", 200, "{\"gitVersion\":\"" + version + "\"}");
  }

  /** Writes a kubeconfig whose context has the namespace {@code shop}. */
  Path kubeconfig(Path directory) throws IOException {
    return kubeconfig(directory, server.getAddress().getPort());
  }

  /** The same for any port. */
  static Path kubeconfig(Path directory, int port) throws IOException {
    return Files.writeString(
        directory.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts: [{name: here, context: {cluster: here, user: me, namespace: shop}}]
        clusters: [{name: here, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: me, user: {token: canary-7f3a}}]
        """
            .formatted(port));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
