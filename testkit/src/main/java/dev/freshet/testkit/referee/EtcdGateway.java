package dev.freshet.testkit.referee;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** etcd's v3 API as its HTTP/JSON gateway offers it: bytes in base64, numbers as text. */
final class EtcdGateway implements AutoCloseable {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
  private static final int PAGE = 500;
  private static final int OK = 200;

  private final URI etcd;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** A key with its revision and, if asked for, its value. */
  record Entry(String key, long modRevision, String value) {}

  /** All keys of a range as of one revision. */
  record Range(long revision, List<Entry> entries) {}

  EtcdGateway(URI etcd) {
    this.etcd = etcd;
  }

  /**
   * Reads all keys with a prefix.
   *
   * @param revision as of this one; 0 for now, read by quorum
   */
  Range range(String prefix, long revision, boolean keysOnly) throws IOException {
    var entries = new ArrayList<Entry>();
    String from = prefix;
    long asOf = revision;
    while (true) {
      JsonNode answer =
          ask(
              "/v3/kv/range",
              "{\"key\":\"%s\",\"range_end\":\"%s\",\"revision\":\"%d\",\"limit\":\"%d\",\"keys_only\":%b}"
                  .formatted(encoded(from), encoded(end(prefix)), asOf, PAGE, keysOnly));
      if (asOf == 0) {
        asOf = number(answer.path("header"), "revision");
      }
      answer.path("kvs").forEach(kv -> entries.add(entry(kv)));
      if (!answer.path("more").asBoolean(false)) {
        return new Range(asOf, List.copyOf(entries));
      }
      from = entries.getLast().key() + "\0";
    }
  }

  /** Writes a key and returns the revision of the write. */
  long put(String key, String value) throws IOException {
    JsonNode answer =
        ask(
            "/v3/kv/put",
            "{\"key\":\"%s\",\"value\":\"%s\"}".formatted(encoded(key), encoded(value)));
    return number(answer.path("header"), "revision");
  }

  /** Removes a key. */
  void delete(String key) throws IOException {
    ask("/v3/kv/deleterange", "{\"key\":\"%s\"}".formatted(encoded(key)));
  }

  /** Opens a watch on all keys with a prefix; the stream consists of JSON documents. */
  InputStream watch(String prefix, long startRevision) throws IOException {
    String body =
        "{\"create_request\":{\"key\":\"%s\",\"range_end\":\"%s\",\"start_revision\":\"%d\",\"fragment\":true}}"
            .formatted(encoded(prefix), encoded(end(prefix)), startRevision);
    return send(HttpRequest.newBuilder(etcd.resolve("/v3/watch")), body);
  }

  static Entry entry(JsonNode kv) {
    return new Entry(decoded(kv, "key"), number(kv, "mod_revision"), decoded(kv, "value"));
  }

  private static String decoded(JsonNode kv, String field) {
    return new String(Base64.getDecoder().decode(kv.path(field).asString("")), UTF_8);
  }

  /** The gateway leaves out zeros. */
  static long number(JsonNode object, String field) {
    return Long.parseLong(object.path(field).asString("0"));
  }

  private JsonNode ask(String path, String body) throws IOException {
    var request = HttpRequest.newBuilder(etcd.resolve(path)).timeout(ANSWER_WITHIN);
    try (InputStream answer = send(request, body)) {
      return JsonMapper.shared().readTree(answer);
    } catch (JacksonException e) {
      throw new IOException("etcd's answer to " + path + " is not JSON", e);
    }
  }

  private InputStream send(HttpRequest.Builder request, String body) throws IOException {
    try {
      HttpResponse<InputStream> response =
          client.send(
              request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofInputStream());
      if (response.statusCode() != OK) {
        try (InputStream error = response.body()) {
          throw new IOException(
              "etcd answered "
                  + response.statusCode()
                  + ": "
                  + new String(error.readNBytes(1_000), UTF_8));
        }
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted while asking etcd").initCause(e);
    }
  }

  /** The first key after all with a prefix that ends with a slash. */
  private static String end(String prefix) {
    return prefix.substring(0, prefix.length() - 1) + "0";
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
