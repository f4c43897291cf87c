package dev.freshet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.freshet.Consistency;
import dev.freshet.fabric8.Freshet;
import dev.freshet.meter.ClusterMeters;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.WithControlPlane;
import io.fabric8.kubernetes.api.model.Node;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@WithControlPlane
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TopTest {

  private final ControlPlane plane;

  TopTest(ControlPlane plane) {
    this.plane = plane;
  }

  private String[] args(User user, String... args) {
    String[] here = {"--interval", "500ms", "--kubeconfig", plane.kubeconfig(user).toString()};
    return Stream.of(new String[] {"top"}, args, here).flatMap(Stream::of).toArray(String[]::new);
  }

  private JsonNode json(User user, String... args) {
    Run run = Run.of(args(user, args));
    RunAssert.assertThat(run).succeeded();
    assertThat(run.outLines()).hasSize(1);
    return JsonMapper.shared().readTree(run.out());
  }

  private static List<String> names(JsonNode rows, String member) {
    return rows.valueStream().map(row -> row.get(member).asString()).toList();
  }

  @Test
  void whoMayReadTheServersMetricsSeesItsLoad() {
    JsonNode look = json(User.ADMIN, "po", "nodes", "-A", "--once", "-o", "json");
    assertThat(look.at("/server/version").asString()).startsWith("v1.");
    assertThat(names(look.get("kinds"), "kind")).containsExactly("pods", "nodes");
    JsonNode metrics = look.get("metrics");
    assertThat(metrics.get("bytes").asLong()).isPositive();
    assertThat(names(metrics.get("priorityLevels"), "name")).contains("exempt", "catch-all");
    JsonNode pods = metrics.get("kinds").get(0);
    assertThat(pods.get("kind").asString()).isEqualTo("pods");
    assertThat(pods.get("watches").asInt()).isPositive();
    // The second look's own probe was asked for between the two readings.
    assertThat(pods.get("listsPerSecond").asDouble()).isPositive();
    assertThat(pods.get("listSeconds").asDouble()).isPositive();
    assertThat(pods.get("consistentFromCachePerSecond").asDouble()).isPositive();
    assertThat(pods.get("watchCacheVersion").asLong()).isPositive();
  }

  @Test
  void itsOwnLoadIsCountedUnderItsName() {
    JsonNode look = json(User.ADMIN, "-A", "--once", "-o", "json");
    JsonNode own = look.get("callers").get(0);
    assertThat(own.get("caller").asString()).isEqualTo("freshet-top");
    assertThat(own.get("requestsPerSecond").asDouble()).isPositive();
    assertThat(own.get("readsPerSecond").asDouble()).isPositive();
    assertThat(own.get("budgetShare").asDouble()).isPositive();
    // What it reads of the server's metrics, compressed, is most of it.
    assertThat(own.get("bytesPerSecond").asDouble()).isGreaterThan(10_000);
  }

  @Test
  void whoMayNotIsToldWhatWouldGrantIt() {
    Run run = Run.of(args(User.TEST, "pods", "-A", "--once"));
    RunAssert.assertThat(run).succeeded();
    assertThat(run.out())
        .contains("403 to /metrics")
        .contains("non-resource URL \"/metrics\"")
        .containsPattern("(?m)^pods +\\d+ +\\d+ +[\\d.]+s ");
    assertThat(run.outLines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void withoutATerminalEachLookIsPrintedUntilItsTimeIsOver() {
    Run run = Run.of(args(User.TEST, "--for", "2s"));
    RunAssert.assertThat(run).succeeded();
    assertThat(run.outLines()).filteredOn(line -> line.startsWith("CALLER")).hasSizeGreaterThan(1);
    assertThat(run.out()).doesNotContain("\033");
  }

  @Test
  void anInterruptEndsItWithStatusZero() throws Exception {
    try (var running = new Running(args(User.TEST, "pods", "-A"))) {
      running.awaitLine("CALLER");
      assertThat(running.end()).isZero();
      assertThat(running.errLines()).isEmpty();
    }
  }

  @Test
  void whatIsNotGrantedIsAFailureAndNothingToWaitFor() {
    RunAssert.assertThat(Run.of(args(User.TEST, "secrets")))
        .failedWith(ExitCode.FAILED, "not allowed to list secrets", "list");
  }

  @Test
  void aProgramIsShownByTheMetricsThatItExposes() throws Exception {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var meters = new ClusterMeters(registry);
    try (Freshet freshet =
            Freshet.connect(
                options ->
                    options
                        .config(plane.config(User.TEST))
                        .cache(Node.class)
                        .caller("its-own")
                        .observer(meters));
        Exposed exposed = Exposed.of(registry)) {
      freshet.awaitSynced(Duration.ofMinutes(1));
      meters.watch(freshet.load(), freshet::health);
      freshet.reads(Node.class).as("dashboard").list(Consistency.strong());
      JsonNode look = json(User.ADMIN, "--program", exposed.url(), "--once", "-o", "json");
      assertThat(names(look.get("callers"), "caller")).containsExactly("dashboard", "its-own");
      assertThat(names(look.get("kinds"), "kind")).containsExactly("nodes");
      JsonNode nodes = look.get("kinds").get(0);
      assertThat(nodes.get("frontier").asString()).matches("\\d+");
      assertThat(nodes.get("behindAtMostSeconds").asDouble()).isPositive();
      assertThat(nodes.get("why").asString()).isEqualTo("follows changes");
      assertThat(look.at("/met/room").asInt()).isPositive();
      assertThat(names(look.at("/metrics/kinds"), "kind")).containsExactly("nodes");
    }
  }

  @Test
  void aProgramThatExposesNothingOfFreshetIsAFailure() throws Exception {
    var empty = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    empty.counter("other").increment();
    try (Exposed exposed = Exposed.of(empty)) {
      RunAssert.assertThat(Run.of(args(User.TEST, "--program", exposed.url(), "--once")))
          .failedWith(ExitCode.FAILED, "exposes no metrics of Freshet", "ClusterMeters");
    }
  }

  /** A program's metrics on a port of their own. */
  private record Exposed(HttpServer server) implements AutoCloseable {

    static Exposed of(PrometheusMeterRegistry registry) throws IOException {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/metrics",
          exchange -> {
            byte[] text = registry.scrape().getBytes(UTF_8);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
          });
      server.start();
      return new Exposed(server);
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/metrics";
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
