package dev.freshet.fabric8;

import static dev.freshet.Consistency.cached;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.freshet.meter.ClusterMeters;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.WithControlPlane;
import io.fabric8.kubernetes.api.model.Pod;
import io.micrometer.core.instrument.Clock;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an OpenTelemetry collector is sent. */
@WithControlPlane
class OtlpExportTest {

  private static final Duration SYNCED_WITHIN = Duration.ofSeconds(30);

  private final List<String> exports = new CopyOnWriteArrayList<>();

  @Test
  void theMetersOfAClientAreExportedWhenTheRegistryIsClosed(ControlPlane plane) throws Exception {
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/metrics",
        exchange -> {
          exports.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    try {
      String url = "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/metrics";
      var registry = new OtlpMeterRegistry(configured(url), Clock.SYSTEM);
      var meters = new ClusterMeters(registry);
      try (Freshet freshet =
          Freshet.connect(
              options ->
                  options.config(plane.config(User.TEST)).cache(Pod.class).observer(meters))) {
        meters.watch(freshet.load(), freshet::health);
        freshet.awaitSynced(SYNCED_WITHIN);
        freshet.reads(Pod.class).as("exported").list(cached());
        registry.close();
      }
    } finally {
      collector.stop(0);
    }
    // Names and labels stand in the protobuf as they are.
    assertThat(String.join("", exports))
        .contains("freshet.read", "freshet.read.readers", "cached", "answered")
        .contains("freshet.cache.age", "freshet.cache.objects", "pods")
        .contains("freshet.caller.requests", "exported")
        .contains("freshet.server.responses", "freshet.server.latency");
  }

  /** An interval that does not come to its end: what is exported, closing exports. */
  private static OtlpConfig configured(String url) {
    return new OtlpConfig() {
      @Override
      public String url() {
        return url;
      }

      @Override
      public Duration step() {
        return Duration.ofHours(1);
      }

      @Override
      public @Nullable String get(String key) {
        return null;
      }
    };
  }
}
