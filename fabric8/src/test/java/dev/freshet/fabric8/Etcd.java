package dev.freshet.fabric8;

import dev.freshet.testkit.controlplane.ControlPlane;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What etcd itself holds, asked past every API server. */
final class Etcd {

  private final URI range;

  Etcd(ControlPlane plane) {
    this.range = plane.etcd().uri().resolve("/v3/kv/range");
  }

  /** The revision of each object of a core kind, by {@code namespace/name}. */
  Map<String, String> revisions(String plural) throws IOException, InterruptedException {
    String prefix = "/registry/" + plural + "/";
    String end = "/registry/" + plural + "0";
    String body =
        "{\"key\":\"%s\",\"range_end\":\"%s\",\"keys_only\":true}"
            .formatted(encoded(prefix), encoded(end));
    try (HttpClient client = HttpClient.newHttpClient()) {
      String answer =
          client
              .send(
                  HttpRequest.newBuilder(range)
                      .POST(HttpRequest.BodyPublishers.ofString(body))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      Map<String, String> revisions = new TreeMap<>();
      for (JsonNode kv : JsonMapper.shared().readTree(answer).path("kvs")) {
        String key =
            new String(
                Base64.getDecoder().decode(kv.path("key").asString()), StandardCharsets.UTF_8);
        revisions.put(key.substring(prefix.length()), kv.path("mod_revision").asString());
      }
      return revisions;
    }
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
