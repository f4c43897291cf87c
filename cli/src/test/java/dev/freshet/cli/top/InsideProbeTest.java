package dev.freshet.cli.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.tuple;

import dev.freshet.cli.top.Inside.KindLoad;
import dev.freshet.cli.top.Inside.PriorityLevel;
import dev.freshet.error.ApiException;
import dev.freshet.error.ConnectionException;
import dev.freshet.error.FreshetException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is read of an API server's metrics, and when. The series are those of version 1.37. */
class InsideProbeTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private static final String AT_FIRST =
      """
      # TYPE apiserver_current_inflight_requests gauge
      apiserver_current_inflight_requests{request_kind="mutating"} 1
      apiserver_current_inflight_requests{request_kind="readOnly"} 3
      apiserver_flowcontrol_current_executing_seats{flow_schema="probes",priority_level="exempt"} 1
      apiserver_flowcontrol_current_executing_seats{flow_schema="a",priority_level="workload-low"} 2
      apiserver_flowcontrol_current_executing_seats{flow_schema="b",priority_level="workload-low"} 3
      apiserver_flowcontrol_current_inqueue_requests{flow_schema="b",priority_level="workload-low"} 7
      apiserver_flowcontrol_current_limit_seats{priority_level="workload-low"} 56
      apiserver_flowcontrol_nominal_limit_seats{priority_level="exempt"} 0
      apiserver_flowcontrol_nominal_limit_seats{priority_level="workload-low"} 245
      apiserver_flowcontrol_rejected_requests_total{flow_schema="b",priority_level="workload-low",reason="queue-full"} 10
      apiserver_flowcontrol_rejected_requests_total{flow_schema="b",priority_level="workload-low",reason="time-out"} 4
      apiserver_longrunning_requests{component="apiserver",group="",resource="pods",scope="cluster",subresource="",verb="WATCH",version="v1"} 2
      apiserver_longrunning_requests{component="apiserver",group="",resource="pods",scope="resource",subresource="exec",verb="CONNECT",version="v1"} 9
      apiserver_request_duration_seconds_bucket{group="",resource="pods",subresource="",verb="LIST",le="0.05"} 99
      apiserver_request_duration_seconds_sum{group="",resource="pods",scope="cluster",subresource="",verb="LIST",version="v1"} 5
      apiserver_request_duration_seconds_count{group="",resource="pods",scope="cluster",subresource="",verb="LIST",version="v1"} 100
      apiserver_request_duration_seconds_count{group="",resource="pods",scope="resource",subresource="status",verb="GET",version="v1"} 1
      apiserver_request_duration_seconds_count{group="",resource="secrets",scope="cluster",subresource="",verb="LIST",version="v1"} 1
      apiserver_watch_cache_consistent_read_total{fallback="false",group="",resource="pods",success="true"} 100
      apiserver_watch_cache_consistent_read_total{fallback="true",group="",resource="pods",success="true"} 0
      apiserver_watch_cache_read_wait_seconds_sum{group="",resource="pods"} 1
      apiserver_watch_cache_read_wait_seconds_count{group="",resource="pods"} 100
      apiserver_watch_cache_resource_version{group="",resource="pods"} 918273
      """;

  private static final String FIVE_SECONDS_LATER =
      AT_FIRST
          .replace("reason=\"time-out\"} 4", "reason=\"time-out\"} 14")
          .replace("verb=\"LIST\",version=\"v1\"} 5\n", "verb=\"LIST\",version=\"v1\"} 5.5\n")
          .replace("verb=\"LIST\",version=\"v1\"} 100", "verb=\"LIST\",version=\"v1\"} 110")
          .replace(
              "fallback=\"false\",group=\"\",resource=\"pods\",success=\"true\"} 100",
              "fallback=\"false\",group=\"\",resource=\"pods\",success=\"true\"} 108")
          .replace("success=\"true\"} 0", "success=\"true\"} 2")
          .replace(
              "wait_seconds_sum{group=\"\",resource=\"pods\"} 1",
              "wait_seconds_sum{group=\"\",resource=\"pods\"} 1.02")
          .replace(
              "wait_seconds_count{group=\"\",resource=\"pods\"} 100",
              "wait_seconds_count{group=\"\",resource=\"pods\"} 110");

  private String served = AT_FIRST;
  private @Nullable FreshetException refusal;
  private int readings;

  private final InsideProbe probe =
      new InsideProbe(
          sink -> {
            readings++;
            if (refusal != null) {
              throw refusal;
            }
            sink.accept(ByteBuffer.wrap(served.getBytes(StandardCharsets.UTF_8)));
          },
          InsideProbe.EVERY);

  private Inside look(long second) {
    return probe.look(second * SECOND, Set.of("pods"));
  }

  private Inside.Shown later() {
    look(0);
    served = FIVE_SECONDS_LATER;
    return (Inside.Shown) look(5);
  }

  @Test
  void requestsInFlightAreToldByWhatTheyDo() {
    Inside.Shown shown = (Inside.Shown) look(0);
    assertThat(shown.reading()).isEqualTo(3);
    assertThat(shown.writing()).isEqualTo(1);
  }

  @Test
  void aPriorityLevelAddsUpItsFlowSchemas() {
    assertThat(((Inside.Shown) look(0)).levels())
        .extracting(PriorityLevel::name, PriorityLevel::executing, PriorityLevel::queued)
        .containsExactly(tuple("exempt", 1.0, 0.0), tuple("workload-low", 5.0, 7.0));
  }

  @Test
  void rejectionsAreRatesByReasonOfThoseThatHappened() {
    PriorityLevel level = later().levels().get(1);
    assertThat(level.rejected()).hasValue(2);
    assertThat(level.rejectedPerSecond()).containsOnlyKeys("time-out").containsValue(2.0);
  }

  @Test
  void aKindsRequestsAreItsOwnAndNotThoseOfItsSubresources() {
    KindLoad pods = later().kinds().getFirst();
    assertThat(pods.lists()).hasValue(2);
    assertThat(pods.listSeconds()).hasValue(0.05);
    assertThat(pods.gets()).hasValue(0);
    assertThat(pods.getSeconds()).isEmpty();
    assertThat(pods.watches()).isEqualTo(2);
  }

  @Test
  void consistentReadsAreToldByWhoAnsweredThem() {
    KindLoad pods = later().kinds().getFirst();
    assertThat(pods.cached()).hasValue(1.6);
    assertThat(pods.fallback()).hasValue(0.4);
    assertThat(pods.waitSeconds().orElseThrow()).isCloseTo(0.002, offset(1e-9));
    assertThat(pods.cacheVersion()).hasValue(918_273);
  }

  @Test
  void theOldSpellingOfAGroupIsUnderstood() {
    served = "apiserver_watch_cache_resource_version{resource=\"deployments.apps\"} 7\n";
    var shown = (Inside.Shown) probe.look(0, List.of("deployments.apps"));
    assertThat(shown.kinds().getFirst().cacheVersion()).hasValue(7);
  }

  @Test
  void ratesAreNotKnownAfterOneReading() {
    var shown = (Inside.Shown) look(0);
    assertThat(shown.kinds().getFirst().lists()).isEmpty();
    assertThat(shown.levels().getFirst().rejected()).isEmpty();
  }

  @Test
  void looksInBetweenShowWhatWasReadLast() {
    look(0);
    assertThat(((Inside.Shown) look(4)).age()).isEqualTo(Duration.ofSeconds(4));
    assertThat(readings).isEqualTo(1);
    look(5);
    assertThat(readings).isEqualTo(2);
  }

  @Test
  void aServerThatRefusesIsAskedAgainAfterAMinute() {
    refusal = new ApiException(403, "", Optional.empty(), "not allowed", "Ask for it.");
    assertThat(look(0)).isEqualTo(new Inside.Hidden("not allowed", "Ask for it."));
    refusal = null;
    assertThat(look(59)).isInstanceOf(Inside.Hidden.class);
    assertThat(look(60)).isInstanceOf(Inside.Shown.class);
  }

  @Test
  void aServerThatDidNotAnswerIsAskedAgainSoon() {
    look(0);
    refusal = new ConnectionException("connection refused", "Try again.");
    assertThat(look(5)).isInstanceOf(Inside.Hidden.class);
    refusal = null;
    assertThat(look(10)).isInstanceOf(Inside.Shown.class);
  }
}
