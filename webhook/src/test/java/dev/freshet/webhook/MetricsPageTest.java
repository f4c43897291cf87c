package dev.freshet.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.Consistency;
import dev.freshet.error.ClosedException;
import dev.freshet.fabric8.Freshet;
import dev.freshet.meter.ClusterMeters;
import dev.freshet.object.ResourceType;
import dev.freshet.testkit.controlplane.Credential;
import dev.freshet.testkit.webhook.WebhookCaller;
import dev.freshet.webhook.http.ClientPolicy;
import dev.freshet.webhook.http.ServerOptions;
import dev.freshet.webhook.http.TlsFiles;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of metrics names what is shown, no less and no more. */
class MetricsPageTest {

  private static final Path PAGE = Path.of("..", "docs", "reference", "metrics.md");
  private static final Pattern ON_PAGE = Pattern.compile("`(freshet_[a-z_]+)`");
  private static final Pattern SHOWN = Pattern.compile("# TYPE (freshet_[a-z_]+) ");

  /** Micrometer's own companion of every histogram. */
  private static final String LONGEST = "_max";

  @TempDir private Path directory = Path.of("");

  @Test
  void everyMetricThatIsShownIsOnThePageAndNoOther() throws IOException {
    assertThat(names(ON_PAGE, Files.readString(PAGE))).isEqualTo(names(SHOWN, everything()));
  }

  private static Set<String> names(Pattern pattern, String text) {
    var names = new TreeSet<String>();
    pattern.matcher(text).results().forEach(found -> names.add(found.group(1)));
    names.removeIf(name -> name.endsWith(LONGEST));
    return names;
  }

  /** What a client and a webhook show, though there is no API server. */
  private String everything() throws IOException {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var meters = new ClusterMeters(registry);
    var reviews = new AdmissionMetrics(registry);
    Webhook<Pod> webhook =
        Webhook.validating("quota", Pod.class, (review, view) -> Verdict.allow());
    Config nowhere = new ConfigBuilder().withMasterUrl("https://127.0.0.1:1").build();
    try (var freshet =
            Freshet.connect(options -> options.config(nowhere).cache(Pod.class).observer(meters));
        var server = AdmissionServer.start(freshet, options(), List.of(webhook), reviews)) {
      meters.watch(freshet.load(), freshet::health);
      meters.failed(
          "quota",
          new ResourceType("", "v1", "pods", "Pod", true),
          Consistency.cached(),
          new ClosedException("nobody reads here", "Read elsewhere."),
          1);
      reviews.watch(server);
      return registry.scrape();
    }
  }

  private ServerOptions options() throws IOException {
    Credential serving = WebhookCaller.in(directory).authority().serving();
    var tls =
        TlsFiles.of(
            Files.writeString(directory.resolve("tls.crt"), serving.certificate()),
            Files.writeString(directory.resolve("tls.key"), serving.key()));
    return ServerOptions.defaults(tls, new ClientPolicy.Unverified())
        .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }
}
