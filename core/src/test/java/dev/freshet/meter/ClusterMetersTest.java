package dev.freshet.meter;

import static dev.freshet.scripted.Wire.added;
import static dev.freshet.scripted.Wire.list;
import static dev.freshet.scripted.Wire.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.CacheDeclaration;
import dev.freshet.Cluster;
import dev.freshet.ClusterOptions;
import dev.freshet.Consistency;
import dev.freshet.Model;
import dev.freshet.object.Body;
import dev.freshet.object.ResourceType;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.scripted.Wire;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Prometheus is shown. */
class ClusterMetersTest {

  private record Names(ResourceType type) implements Model<String> {
    @Override
    public String decode(Body body) {
      return "";
    }
  }

  private final ScriptedServer server = new ScriptedServer();
  private final VirtualTime time = new VirtualTime();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ClusterMeters meters = new ClusterMeters(registry);
  private final Cluster cluster =
      Cluster.open(
          server,
          ClusterOptions.defaults()
              .caller("test")
              .time(time)
              .observer(meters)
              .cache(CacheDeclaration.of(Wire.PODS).auditEvery(Duration.ZERO)));

  @AfterEach
  void close() {
    cluster.close();
  }

  private List<String> shown(String name) {
    return registry.scrape().lines().filter(line -> line.startsWith(name)).toList();
  }

  @Test
  void readsCallersCachesAndTheServerAreShown() throws Exception {
    server.answerList(list(10, pod("a", 5), pod("b", 6)));
    var watch = server.acceptWatch();
    cluster.awaitSynced(Duration.ofMinutes(1));
    meters.watch(cluster.load(), cluster::health);
    cluster.reads(new Names(Wire.PODS)).as("dashboard").list(Consistency.cached());
    watch.deliver(added(pod("c", 11)));
    time.advance(Duration.ofSeconds(3));

    assertThat(shown("freshet_read_seconds_count{"))
        .contains(
            "freshet_read_seconds_count{kind=\"pods\",level=\"cached\",outcome=\"answered\",route=\"cached\"} 1");
    assertThat(shown("freshet_caller_requests_total{"))
        .contains(
            "freshet_caller_requests_total{caller=\"test\"} 2.0",
            "freshet_caller_requests_total{caller=\"dashboard\"} 0.0");
    assertThat(shown("freshet_cache_age_seconds"))
        .containsExactly("freshet_cache_age_seconds{kind=\"pods\",namespace=\"\"} 3.0");
    assertThat(shown("freshet_cache_frontier"))
        .containsExactly("freshet_cache_frontier{kind=\"pods\",namespace=\"\"} 11.0");
    assertThat(shown("freshet_cache_objects"))
        .containsExactly("freshet_cache_objects{kind=\"pods\",namespace=\"\"} 3.0");
    assertThat(shown("freshet_cache_events_total"))
        .containsExactly("freshet_cache_events_total{kind=\"pods\",namespace=\"\"} 1.0");
    assertThat(shown("freshet_cache_lists_total"))
        .containsExactly("freshet_cache_lists_total{kind=\"pods\",namespace=\"\"} 1.0");
    assertThat(shown("freshet_server_responses_total{outcome=\"answered\"}"))
        .containsExactly("freshet_server_responses_total{outcome=\"answered\"} 2.0");
    assertThat(shown("freshet_server_room_requests")).hasSize(1);
  }
}
