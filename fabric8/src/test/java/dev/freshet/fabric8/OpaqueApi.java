package dev.freshet.fabric8;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A small aggregated API of one kind, {@code things}, whose resourceVersions are no numbers. */
final class OpaqueApi implements AutoCloseable {

  static final String GROUP = "opaque.freshet.dev";
  static final String VERSION = "rev-a7f3";

  private static final String NAMESPACE = "default";
  private static final String SERVICE = "opaque-api";
  private static final String PATH = "/apis/" + GROUP + "/v1";
  private static final int WATCH_SECONDS = 60;
  private static final String INVALID = "{\"kind\":\"Status\",\"reason\":\"Invalid\",\"code\":422}";

  private static final String KINDS =
      """
      {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"%s/v1","resources":[
       {"name":"things","singularName":"thing","namespaced":true,"kind":"Thing",
        "verbs":["get","list","watch"]}]}
      """
          .formatted(GROUP);

  private static final String LIST =
      """
      {"kind":"ThingList","apiVersion":"%s/v1","metadata":{"resourceVersion":"%s"},"items":[%s]}
      """
          .formatted(GROUP, VERSION, thing("one", "rev-0b32"));

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final FakeApi server = FakeApi.tls(new TestPki("opaque").server(), this::serve);

  /** The API server refuses addresses of its own host in endpoints, but follows a host's name. */
  void registerWith(KubernetesClient admin) {
    admin.resource(service()).create();
    admin.resource(registration()).create();
    Await.until("the aggregated API is available", () -> isAvailable(admin));
  }

  private boolean isAvailable(KubernetesClient admin) {
    return Optional.ofNullable(admin.resource(registration()).get().getStatus()).stream()
        .flatMap(status -> status.getConditions().stream())
        .anyMatch(c -> c.getType().equals("Available") && c.getStatus().equals("True"));
  }

  void unregisterFrom(KubernetesClient admin) {
    admin.resource(registration()).delete();
    admin.resource(service()).delete();
  }

  private static Service service() {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace(NAMESPACE)
        .withName(SERVICE)
        .endMetadata()
        .withNewSpec()
        .withType("ExternalName")
        .withExternalName("localhost")
        .endSpec()
        .build();
  }

  private APIService registration() {
    return new APIServiceBuilder()
        .withNewMetadata()
        .withName("v1." + GROUP)
        .endMetadata()
        .withNewSpec()
        .withGroup(GROUP)
        .withVersion("v1")
        .withGroupPriorityMinimum(1_000)
        .withVersionPriority(10)
        .withInsecureSkipTLSVerify(true)
        .withNewService()
        .withNamespace(NAMESPACE)
        .withName(SERVICE)
        .withPort(URI.create(server.url()).getPort())
        .endService()
        .endSpec()
        .build();
  }

  /** Whoever watches is told of one more. */
  void add(String name) {
    events.add("{\"type\":\"ADDED\",\"object\":" + thing(name, "rev-0c41") + "}\n");
  }

  private static String thing(String name, String version) {
    return """
        {"kind":"Thing","apiVersion":"%s/v1","metadata":{"namespace":"default","name":"%s",\
        "uid":"uid-of-%s","resourceVersion":"%s"}}"""
        .formatted(GROUP, name, name, version);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    if (path.equals(PATH)) {
      FakeApi.reply(exchange, 200, KINDS);
    } else if (!path.startsWith(PATH) || !path.endsWith("/things")) {
      FakeApi.reply(exchange, 404, "{}");
    } else if (query.contains("sendInitialEvents")) {
      FakeApi.reply(exchange, 422, INVALID);
    } else if (query.contains("watch=true")) {
      watch(exchange);
    } else {
      FakeApi.reply(exchange, 200, LIST);
    }
  }

  private void watch(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      body.flush();
      for (Optional<String> event = next(); event.isPresent(); event = next()) {
        body.write(event.get().getBytes(UTF_8));
        body.flush();
      }
    }
  }

  private Optional<String> next() {
    try {
      return Optional.ofNullable(events.poll(WATCH_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
