package dev.freshet.bench.contest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.bench.PodListMessage;
import dev.freshet.bench.WatchFrames;
import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.fault.Exchange;
import dev.freshet.testkit.fault.FaultServer;
import dev.freshet.testkit.fault.Request;
import dev.freshet.testkit.fault.Statuses;
import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server of recorded Pods for one cache: it answers a list with all of them and each touch with a
 * new version and its event, and refuses everything else. So it is no measure of a server, only of
 * what a cache of many Pods costs its client.
 */
final class RecordedServer implements AutoCloseable {
  /** Above those of recorded Pods. */
  private static final long FIRST_VERSION = 1_000_000_000_000L;

  private static final String PODS = "/api/v1/pods";
  private static final String UID = "7c5c3a52-6a0e-4c8b-9a3e-0f6a5b1d2c3e";
  private static final int PIECE_BYTES = 256 << 10;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int NOT_FOUND = 404;
  private static final Pattern TOUCHED =
      Pattern.compile("/api/v1/namespaces/([^/]+)/pods/([^/]+)/status");
  private static final Pattern NONCE = Pattern.compile("\"message\":\"([0-9a-f]+)\"");

  private final FaultServer server = FaultServer.start().patience(PATIENCE);
  private final RecordedPods pods;
  private final int times;
  private final ReentrantLock lock = new ReentrantLock();
  private long version = FIRST_VERSION;

  /** What happened before there was a watch. */
  private final List<byte[]> events = new ArrayList<>();

  private @Nullable Exchange watch;

  /**
   * Starts one.
   *
   * @param times how often it has each Pod, under different names
   */
  RecordedServer(RecordedPods pods, int times) {
    this.pods = pods;
    this.times = times;
    server
        .always(
            any -> true,
            exchange -> exchange.fail(Statuses.of(NOT_FOUND, "NotFound", "not recorded")))
        .always(request -> request.method().equals("PATCH"), this::touch)
        .always(request -> request.path().equals(PODS) && request.query().isEmpty(), this::list)
        .always(Request::isWatch, this::watch);
  }

  private void list(Exchange exchange) {
    exchange.answer(200, Map.of("content-type", PodListMessage.CONTENT_TYPE));
    exchange.push(PodListMessage.head(FIRST_VERSION, times * pods.itemBytes()));
    var piece = new ByteArrayOutputStream();
    for (int i = 0; i < pods.size(); i++) {
      for (int copy = 0; copy < times; copy++) {
        piece.writeBytes(pods.item(i, copy));
        if (piece.size() >= PIECE_BYTES) {
          exchange.push(piece.toByteArray());
          piece.reset();
        }
      }
    }
    exchange.push(piece.toByteArray()).end();
  }

  private void watch(Exchange exchange) {
    lock.lock();
    try {
      exchange.answer(200, Map.of("content-type", WatchFrames.CONTENT_TYPE));
      events.forEach(exchange::push);
      events.clear();
      watch = exchange;
    } finally {
      lock.unlock();
    }
  }

  private void touch(Exchange exchange) {
    Matcher object = TOUCHED.matcher(exchange.request().path());
    Matcher nonce = NONCE.matcher(exchange.request().body());
    if (!object.matches() || !nonce.find()) {
      throw new TestkitException("No touch: " + exchange);
    }
    lock.lock();
    try {
      version++;
      exchange.answer(
          200,
          """
          {"kind":"Pod","apiVersion":"v1","metadata":{"namespace":"%s","name":"%s","uid":"%s",\
          "resourceVersion":"%d"},"status":{"conditions":[{"message":"%s"}]}}
          """
              .formatted(object.group(1), object.group(2), UID, version, nonce.group(1)));
      byte[] pod = WatchFrames.smallPod(object.group(1), object.group(2), UID, version);
      byte[] event = WatchFrames.modified(pod);
      if (watch == null) {
        events.add(event);
      } else {
        watch.push(event);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Writes a kubeconfig that leads here; it holds no secret. */
  Path kubeconfig(Path directory) {
    Config config = server.config();
    String text =
        """
        apiVersion: v1
        kind: Config
        current-context: recorded
        clusters:
        - name: recorded
          cluster: {server: "%s", certificate-authority-data: %s}
        contexts:
        - name: recorded
          context: {cluster: recorded, user: nobody}
        users:
        - name: nobody
          user: {}
        """
            .formatted(server.uri(), config.getCaCertData());
    try {
      return Files.write(directory.resolve("recorded.kubeconfig"), text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new TestkitException("Cannot write into " + directory + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
