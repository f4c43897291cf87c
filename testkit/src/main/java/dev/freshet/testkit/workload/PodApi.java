package dev.freshet.testkit.workload;

import dev.freshet.testkit.TestkitException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The few writes that a workload needs, over plain HTTP: a thousand of them cost less than a
 * hundred through a client that decodes whole objects. Repeats nothing. Thread-safe.
 */
final class PodApi implements AutoCloseable {
  static final int CONFLICT = 409;
  static final int NOT_FOUND = 404;
  static final int TOO_MANY_REQUESTS = 429;

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);
  private static final JsonMapper JSON = new JsonMapper();

  /** Answers with metadata only: of the rest we know what it is. */
  private static final String METADATA_ONLY =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

  private static final String MERGE_PATCH = "application/merge-patch+json";
  private static final String PLAIN_JSON = "application/json";

  private final HttpClient client;
  private final URI server;
  private final Map<String, String> headers;

  /** How a write ended. */
  sealed interface Answer {
    /** The server did it; the object's metadata after it. */
    record Done(
        String uid,
        String resourceVersion,
        Map<String, String> labels,
        Map<String, String> annotations)
        implements Answer {}

    /** The server said no, and did nothing. */
    record Refused(int status, String message) implements Answer {}

    /** No answer came, or one from which nothing follows: the write may have happened. */
    record Unknown(String why) implements Answer {}
  }

  PodApi(Config config) {
    this.server = URI.create(config.getMasterUrl());
    this.headers =
        config.getOauthToken() == null
            ? Map.of()
            : Map.of("Authorization", "Bearer " + config.getOauthToken());
    try {
      this.client =
          HttpClient.newBuilder()
              .sslContext(SSLUtils.sslContext(config))
              .connectTimeout(REQUEST_TIMEOUT)
              .build();
    } catch (GeneralSecurityException | IOException e) {
      throw new TestkitException("The client configuration's certificates cannot be used.", e);
    }
  }

  Answer createNamespace(String name) {
    var namespace =
        JsonObject.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name));
    return send("POST", "/api/v1/namespaces", PLAIN_JSON, namespace);
  }

  Answer create(PodKey key, Map<String, Object> pod, String manager) {
    String path = "/api/v1/namespaces/" + key.namespace() + "/pods?fieldManager=" + manager;
    return send("POST", path, PLAIN_JSON, pod);
  }

  Answer patch(PodKey key, Map<String, Object> patch, String manager) {
    return send("PATCH", path(key) + "?fieldManager=" + manager, MERGE_PATCH, patch);
  }

  Answer patchStatus(PodKey key, Map<String, Object> patch, String manager) {
    return send("PATCH", path(key) + "/status?fieldManager=" + manager, MERGE_PATCH, patch);
  }

  /** Deletes at once: no kubelet would ever confirm the end of a grace period. */
  Answer delete(PodKey key) {
    return send("DELETE", path(key), PLAIN_JSON, Map.of("gracePeriodSeconds", 0));
  }

  private static String path(PodKey key) {
    return "/api/v1/namespaces/" + key.namespace() + "/pods/" + key.name();
  }

  private Answer send(String method, String path, String mediaType, Map<String, Object> body) {
    var request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(REQUEST_TIMEOUT)
            .header("Content-Type", mediaType)
            .header("Accept", METADATA_ONLY)
            .header("User-Agent", "freshet-workload")
            .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    headers.forEach(request::header);
    try {
      return answer(client.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException | JacksonException e) {
      return new Answer.Unknown(method + " " + path + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Unknown(method + " " + path + ": interrupted");
    }
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    JsonNode body = JSON.readTree(response.body());
    int status = response.statusCode();
    if (status / 100 == 2) {
      JsonNode metadata = body.path("metadata");
      return new Answer.Done(
          metadata.path("uid").asString(""),
          metadata.path("resourceVersion").asString(""),
          texts(metadata.path("labels")),
          texts(metadata.path("annotations")));
    }
    String message = body.path("message").asString("");
    // A 5xx may come after the write reached etcd; 4xx are decided before.
    return status / 100 == 5
        ? new Answer.Unknown("HTTP " + status + ": " + message)
        : new Answer.Refused(status, message);
  }

  private static Map<String, String> texts(JsonNode object) {
    var texts = new HashMap<String, String>();
    object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString()));
    return texts;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
