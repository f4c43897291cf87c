package dev.freshet.trials.herd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.trials.stage.AuditLog.Request;
import dev.freshet.trials.stage.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HerdOutcomeTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private static Request request(int client, String verb, String query, int from, int to) {
    return new Request(
        HerdKind.FRESHET.caller(client),
        verb,
        "/api/v1/pods?" + query,
        200,
        new Span(START.plusSeconds(from), START.plusSeconds(to)));
  }

  private static HerdOutcome outcome(List<Instant> listedByFirst, Request... requests) {
    return HerdOutcome.of(
        HerdKind.FRESHET,
        HerdEvent.RESTARTED,
        List.of(requests),
        new Muster.Seen(
            List.of(Optional.of(START.plusSeconds(4)), Optional.empty()),
            List.of(listedByFirst, List.of())),
        START,
        START.plusSeconds(1),
        0);
  }

  @Test
  void aStreamedListIsUnderWayUntilItsClientHasIt() {
    var streamed = request(0, "watch", "watch=true&sendInitialEvents=true", 0, 600);
    var list = request(1, "list", "", 5, 6);
    assertThat(outcome(List.of(START.plusSeconds(2)), streamed, list).listsAtOnce()).isEqualTo(1);
    assertThat(outcome(List.of(), streamed, list).listsAtOnce()).isEqualTo(2);
  }

  @Test
  void neitherProbesNorComparisonsNorWatchesAreCompleteLists() {
    var outcome =
        outcome(
            List.of(),
            request(0, "list", "fieldSelector=metadata.name%3Dfreshet-probe.", 0, 1),
            request(0, "list", "resourceVersion=7&resourceVersionMatch=Exact", 0, 1),
            request(0, "watch", "watch=true&resourceVersion=7", 0, 1),
            request(0, "get", "", 0, 1));
    assertThat(outcome.lists()).isZero();
    assertThat(List.of(outcome.probes(), outcome.audits(), outcome.watches(), outcome.others()))
        .containsOnly(1L);
  }

  @Test
  void listsAreCountedByTheSecondAfterTheFirst() {
    var outcome =
        outcome(
            List.of(),
            request(0, "list", "", 10, 11),
            request(1, "list", "", 10, 11),
            request(1, "list", "", 12, 13));
    assertThat(outcome.listsBySecond()).containsExactly(2, 0, 1);
    assertThat(outcome.mostListsOfOne()).isEqualTo(2);
    assertThat(outcome.listsBegunWithinMillis()).isEqualTo(2_000);
  }

  @Test
  void whoNeverSyncedIsInNoPercentileButTheLast() {
    var outcome = outcome(List.of());
    assertThat(outcome.synced(50)).contains(Duration.ofSeconds(4));
    assertThat(outcome.synced(100)).isEmpty();
  }
}
