package dev.freshet.trials.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.testkit.TestkitException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** etcd itself, asked past every API server through its JSON gateway. Thread-safe. */
public final class EtcdGateway implements AutoCloseable {
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String REGISTRY = "/registry/";
  private static final int OK = 200;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI etcd;

  public EtcdGateway(URI etcd) {
    this.etcd = etcd;
  }

  /** The version of each object of a core kind, by {@code namespace/name}. */
  public Map<String, String> versions(String plural) {
    Map<String, String> versions = new HashMap<>();
    range(plural, true).forEach((key, kv) -> versions.put(key, kv.path("mod_revision").asString()));
    return versions;
  }

  /** The labels of each object of a core kind, by {@code namespace/name}. */
  public Map<String, Map<String, String>> labels(String plural) {
    Map<String, Map<String, String>> labels = new HashMap<>();
    range(plural, false)
        .forEach(
            (key, kv) -> {
              Map<String, String> texts = new HashMap<>();
              JSON.readTree(decoded(kv.path("value")))
                  .at("/metadata/labels")
                  .properties()
                  .forEach(label -> texts.put(label.getKey(), label.getValue().asString()));
              labels.put(key, texts);
            });
    return labels;
  }

  /** Forgets all history before now: watches from before cannot go on. */
  public void compact() {
    long revision =
        ask("range", "{\"key\":\"" + encoded("\0") + "\"}").at("/header/revision").asLong();
    ask("compaction", "{\"revision\":\"" + revision + "\",\"physical\":true}");
  }

  private Map<String, JsonNode> range(String plural, boolean keysOnly) {
    String prefix = REGISTRY + plural + "/";
    String end = REGISTRY + plural + "0";
    JsonNode answer =
        ask(
            "range",
            "{\"key\":\"%s\",\"range_end\":\"%s\",\"keys_only\":%s}"
                .formatted(encoded(prefix), encoded(end), keysOnly));
    Map<String, JsonNode> found = new HashMap<>();
    for (JsonNode kv : answer.path("kvs")) {
      found.put(decoded(kv.path("key")).substring(prefix.length()), kv);
    }
    return found;
  }

  private JsonNode ask(String what, String body) {
    var request =
        HttpRequest.newBuilder(etcd.resolve("/v3/kv/" + what))
            .timeout(ANSWERS_WITHIN)
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != OK) {
        throw new TestkitException(
            "etcd answered a " + what + " with " + response.statusCode() + ": " + response.body());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new TestkitException("etcd did not answer a " + what + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestkitException("Interrupted while asking etcd.", e);
    }
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String decoded(JsonNode base64) {
    return new String(Base64.getDecoder().decode(base64.asString()), UTF_8);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
