package dev.freshet.bench.contest;

import dev.freshet.codec.ListDecoder;
import dev.freshet.codec.ProtobufCodec;
import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.workload.Churn;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What the server sent of all Pods, in protobuf: a list, and a watch from there while Pods were
 * updated.
 */
record Recording(Path list, Path watch) {
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final int UPDATES_PER_SECOND = 200;
  private static final int WATCH_SECONDS = 8;
  private static final int WITHIN_SECONDS = 60;

  /** Makes one, of some 1,600 events. */
  @SuppressWarnings("try") // Who writes meanwhile is only opened and closed.
  static Recording of(Arena arena, Path directory) {
    HttpClient http = arena.client().getHttpClient();
    String pods = arena.client().getMasterUrl() + "api/v1/pods";
    byte[] list = get(http, pods);
    String watching =
        "?watch=true&timeoutSeconds=" + WATCH_SECONDS + "&resourceVersion=" + version(list);
    try (Churn updates = arena.updates(UPDATES_PER_SECOND, update -> {})) {
      byte[] watch = get(http, pods + watching);
      return new Recording(
          Files.write(directory.resolve("pods.list"), list),
          Files.write(directory.resolve("pods.watch"), watch));
    } catch (IOException e) {
      throw new TestkitException("Cannot write into " + directory + ": " + e.getMessage(), e);
    }
  }

  private static byte[] get(HttpClient http, String uri) {
    var request =
        http.newHttpRequestBuilder()
            .uri(uri)
            .setHeader("Accept", PROTOBUF)
            .timeout(WITHIN_SECONDS, TimeUnit.SECONDS)
            .build();
    var answer = http.sendAsync(request, byte[].class).join();
    if (!answer.isSuccessful()) {
      throw new TestkitException("GET " + uri + " was answered with " + answer.code() + ".");
    }
    return answer.body();
  }

  private static String version(byte[] list) {
    ListDecoder decoder = ProtobufCodec.INSTANCE.list(pod -> {});
    decoder.push(ByteBuffer.wrap(list));
    return decoder.end().resourceVersion().text();
  }
}
