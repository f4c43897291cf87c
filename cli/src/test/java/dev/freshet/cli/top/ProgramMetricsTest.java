package dev.freshet.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.exposition.Scrape;
import dev.freshet.cli.exposition.ScrapeReader;
import dev.freshet.cli.measure.Recent;
import dev.freshet.cli.staleness.Staleness;
import dev.freshet.cli.top.Seen.CacheRow;
import dev.freshet.object.ResourceVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A program's exposition as Micrometer writes it. */
class ProgramMetricsTest {

  private static final String TEXT =
      """
      freshet_caller_requests_total{caller="quota"} 1240.0
      freshet_caller_requests_total{caller="report"} 3.0
      freshet_caller_received_bytes_total{caller="quota"} 3.1E9
      freshet_caller_waiting{caller="quota"} 4.0
      freshet_caller_in_flight{caller="quota"} 2.0
      freshet_caller_refused_total{caller="quota"} 5.0
      freshet_caller_over_budget_total{caller="quota"} 6.0
      freshet_read_seconds_count{kind="pods",level="strong",outcome="answered",route="direct"} 7
      freshet_read_seconds_count{kind="pods",level="cached",outcome="answered",route="cached"} 8
      freshet_server_responses_total{outcome="answered"} 1243.0
      freshet_server_responses_total{outcome="refused"} 5.0
      freshet_server_latency_seconds 0.0031
      freshet_server_room_requests 64.0
      freshet_server_in_flight_requests 2.0
      freshet_server_pause_seconds 1.5
      freshet_cache_age_seconds{kind="pods",namespace=""} 3.5
      freshet_cache_age_seconds{kind="nodes",namespace="shop"} NaN
      freshet_cache_frontier{kind="pods",namespace=""} 9.18273E8
      freshet_cache_frontier{kind="nodes",namespace="shop"} NaN
      freshet_cache_watching{kind="pods",namespace=""} 1.0
      freshet_cache_watching{kind="nodes",namespace="shop"} 0.0
      freshet_cache_alarm{kind="pods",namespace=""} 0.0
      freshet_cache_objects{kind="pods",namespace=""} 20000.0
      freshet_cache_size_bytes{kind="pods",namespace=""} 1.48E8
      freshet_cache_events_total{kind="pods",namespace=""} 100.0
      """;

  private final Recent<Scrape> recent = new Recent<>();
  private long now;

  private Seen seen(String text, String... kinds) {
    var reader = new ScrapeReader(ProgramMetrics.NAMES::contains, sample -> true);
    reader.push(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    Scrape scrape = reader.end();
    recent.add(now, scrape);
    now += Duration.ofSeconds(2).toNanos();
    return ProgramMetrics.seen(scrape, recent, Set.of(kinds));
  }

  private Staleness first(String text) {
    return seen(text).caches().getFirst().staleness();
  }

  @Test
  void callersAreThoseThatTheProgramNames() {
    assertThat(seen(TEXT).counts().callers()).containsOnlyKeys("quota", "report");
    Counts.Caller quota = seen(TEXT).counts().caller("quota");
    assertThat(quota.requests()).isEqualTo(1240);
    assertThat(quota.bytes()).isEqualTo(3.1e9);
    assertThat(quota.waiting()).isEqualTo(4);
    assertThat(quota.inFlight()).isEqualTo(2);
    assertThat(quota.refused()).isEqualTo(5);
    assertThat(quota.overBudget()).isEqualTo(6);
  }

  @Test
  void aProgramTellsNeitherBudgetsNorReadsByCaller() {
    Counts.Caller quota = seen(TEXT).counts().caller("quota");
    assertThat(quota.budget()).isEmpty();
    assertThat(quota.reads()).isNaN();
  }

  @Test
  void readsOfAKindAreOfAllLevelsAndRoutes() {
    assertThat(seen(TEXT).counts().readsOf("pods")).isEqualTo(15);
  }

  @Test
  void theServerIsAsTheProgramHasMetIt() {
    var signs = seen(TEXT).counts().server();
    assertThat(signs.answered()).isEqualTo(1243);
    assertThat(signs.refused()).isEqualTo(5);
    assertThat(signs.latency()).isEqualTo(Duration.ofNanos(3_100_000));
    assertThat(signs.room()).isEqualTo(64);
    assertThat(signs.pause()).isEqualTo(Duration.ofMillis(1_500));
  }

  @Test
  void aCacheIsAsOldAsTheProgramSays() {
    Staleness pods = first(TEXT);
    assertThat(pods.behindAtMost()).contains(Duration.ofMillis(3_500));
    assertThat(pods.frontier()).contains(new ResourceVersion("918273000"));
    assertThat(pods.objects()).isEqualTo(20_000);
    assertThat(pods.bytes()).isEqualTo(148_000_000);
    assertThat(pods.why()).isEqualTo("follows changes");
  }

  @Test
  void whatTheProgramDoesNotKnowIsNotKnown() {
    Staleness nodes = seen(TEXT).caches().get(1).staleness();
    assertThat(nodes.kind()).isEqualTo("nodes in shop");
    assertThat(nodes.behindAtMost()).isEmpty();
    assertThat(nodes.frontier()).isEmpty();
    assertThat(nodes.why()).startsWith("follows nothing now");
  }

  @Test
  void changesAreCountedBetweenScrapes() {
    assertThat(first(TEXT).eventsPerSecond()).isEmpty();
    assertThat(
            first(
                    TEXT.replace(
                        "events_total{kind=\"pods\",namespace=\"\"} 100.0",
                        "events_total{kind=\"pods\",namespace=\"\"} 130.0"))
                .eventsPerSecond())
        .hasValue(15);
  }

  @Test
  void anAlarmComesFirst() {
    assertThat(
            first(
                    TEXT.replace(
                        "alarm{kind=\"pods\",namespace=\"\"} 0.0",
                        "alarm{kind=\"pods\",namespace=\"\"} 1.0"))
                .why())
        .startsWith("ALARM");
  }

  @Test
  void onlyKindsThatAreAskedForAreShown() {
    assertThat(seen(TEXT, "nodes").caches()).extracting(CacheRow::kind).containsExactly("nodes");
  }
}
