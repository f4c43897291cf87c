package dev.freshet.examples.mixedreads;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.binaries.GoTool;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import dev.freshet.testkit.webhook.ReviewReplay;
import dev.freshet.testkit.webhook.WebhookCaller;
import dev.freshet.webhook.AdmissionMetrics;
import dev.freshet.webhook.AdmissionServer;
import dev.freshet.webhook.Verdict;
import dev.freshet.webhook.Webhook;
import dev.freshet.webhook.http.ClientPolicy;
import dev.freshet.webhook.http.ServerOptions;
import dev.freshet.webhook.http.TlsFiles;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The dashboard and the alerts, by Prometheus' own parser, against what the program exposes with a
 * webhook beside it.
 */
@WithControlPlane
class ExposedMetricsTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Path REPOSITORY = Path.of("..", "..");
  private static final Path ALERTS = REPOSITORY.resolve("observability/alerts.yaml");
  private static final Path DASHBOARD = REPOSITORY.resolve("observability/grafana-dashboard.json");

  private static final Pattern EXPOSED =
      Pattern.compile("^# TYPE (freshet_\\w+) ", Pattern.MULTILINE);

  private static final String WEBHOOK = "allow";

  private static final String REVIEW =
      """
      {"kind": "AdmissionReview", "apiVersion": "admission.k8s.io/v1", "request": {
        "uid": "1", "operation": "CREATE", "namespace": "shop", "name": "a",
        "kind": {"group": "", "version": "v1", "kind": "Pod"},
        "resource": {"group": "", "version": "v1", "resource": "pods"},
        "userInfo": {"username": "somebody"},
        "object": {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "a", "namespace": "shop"}}
      }}
      """;

  private static GoTool promcheck;
  private static Path scraped;

  @BeforeAll
  @Timeout(value = 6, unit = TimeUnit.MINUTES)
  static void scrape(
      @TempDir Path directory, ControlPlane plane, KubernetesClient client, TestNamespace namespace)
      throws Exception {
    promcheck = GoTool.build(REPOSITORY.resolve("tools/promcheck"), Path.of("target"));
    new Database(client, namespace.name()).addStandbys("a-0");
    try (var program =
        new MixedReads(namespace.name(), 0, options -> options.config(plane.config(User.TEST)))) {
      program.freshet().awaitSynced(SOON);
      program.promoter().look();
      Browser.get(program.port(), "/");
      WebhookCaller caller = WebhookCaller.in(directory);
      try (var webhooks = serve(program, caller, directory)) {
        review(webhooks.port(), caller);
        scraped =
            Files.writeString(
                directory.resolve("metrics.txt"), Browser.get(program.port(), "/metrics"));
      }
    }
  }

  /** A webhook that shows its metrics beside the program's. */
  private static AdmissionServer serve(MixedReads program, WebhookCaller caller, Path directory)
      throws IOException {
    var serving = caller.authority().serving();
    var tls =
        TlsFiles.of(
            Files.writeString(directory.resolve("tls.crt"), serving.certificate()),
            Files.writeString(directory.resolve("tls.key"), serving.key()),
            caller.authorityFile());
    var options =
        ServerOptions.defaults(tls, new ClientPolicy.Subjects(Set.of(WebhookCaller.NAME)))
            .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    var webhook = Webhook.validating(WEBHOOK, Pod.class, (review, view) -> Verdict.allow());
    var metrics = new AdmissionMetrics(program.registry());
    var server = AdmissionServer.start(program.freshet(), options, List.of(webhook), metrics);
    metrics.watch(server);
    return server;
  }

  private static void review(int port, WebhookCaller caller) {
    var url = URI.create("https://127.0.0.1:" + port + "/" + WEBHOOK);
    assertThat(ReviewReplay.to(url, caller).one("pod", REVIEW.getBytes(UTF_8)).allowed()).isTrue();
  }

  private static GoTool.Answer check(Path file) throws Exception {
    return promcheck.run(List.of("-exposition", scraped.toString(), file.toString()));
  }

  @Test
  void everyExpressionOfTheDashboardParsesAndNamesWhatIsExposed() throws Exception {
    GoTool.Answer answer = check(DASHBOARD);
    assertThat(answer.text()).matches("promcheck: \\d+ expressions, \\d+ metrics, all exposed\\s");
    assertThat(answer.code()).isZero();
  }

  @Test
  void everyExpressionOfTheAlertsParsesAndNamesWhatIsExposed() throws Exception {
    GoTool.Answer answer = check(ALERTS);
    assertThat(answer.text()).matches("promcheck: \\d+ expressions, \\d+ metrics, all exposed\\s");
    assertThat(answer.code()).isZero();
  }

  @Test
  void everyMetricThatIsExposedIsInTheReference() throws Exception {
    String reference = Files.readString(REPOSITORY.resolve("docs/reference/metrics.md"));
    // Micrometer adds a gauge of the recent maximum to each histogram.
    assertThat(EXPOSED.matcher(Files.readString(scraped)).results().map(found -> found.group(1)))
        .isNotEmpty()
        .filteredOn(metric -> !metric.endsWith("_max"))
        .allMatch(metric -> reference.contains("`" + metric + "`"));
  }

  @Test
  void aDashboardWithAMetricThatIsNotExposedIsRefused(@TempDir Path directory) throws Exception {
    String renamed =
        Files.readString(DASHBOARD).replace("freshet_cache_objects", "freshet_cache_things");
    GoTool.Answer answer = check(Files.writeString(directory.resolve("renamed.json"), renamed));
    assertThat(answer.text()).contains("freshet_cache_things is not exposed");
    assertThat(answer.code()).isOne();
  }

  @Test
  void anAlertByALabelThatIsNotExposedIsRefused(@TempDir Path directory) throws Exception {
    String relabelled =
        Files.readString(ALERTS).replace("by (job, instance, webhook", "by (job, instance, hook");
    GoTool.Answer answer = check(Files.writeString(directory.resolve("alerts.yaml"), relabelled));
    assertThat(answer.text()).contains("has no label \"hook\"");
    assertThat(answer.code()).isOne();
  }
}
