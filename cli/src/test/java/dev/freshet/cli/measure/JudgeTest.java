package dev.freshet.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.measure.LoggedWrite.After;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Times are in nanoseconds of a made-up clock: the read begins at 1000 and ends at 1100. Versions
 * are those of the writes; the Pod of most tests was at 10 before.
 */
class JudgeTest {

  private static final ObjectKey POD = new ObjectKey("ns", "pod");
  private static final ObjectKey OTHER = new ObjectKey("ns", "other");
  private static final long START = 1_000;
  private static final long END = 1_100;

  private final WriteLog log = new WriteLog();

  private void wrote(int version, After after, boolean matchedBefore, long acknowledged) {
    log.acknowledged(
        new LoggedWrite(POD, rv(version), after, matchedBefore, acknowledged - 50, acknowledged));
  }

  private Verdict judge(int asOf, Map<ObjectKey, Integer> rows) {
    return judge(asOf, rows, Optional.empty());
  }

  private Verdict judge(int asOf, Map<ObjectKey, Integer> rows, Optional<Duration> behindAtMost) {
    var sorted = new TreeMap<>(rows);
    return new Judge(log)
        .judge(
            new TimedAnswer(
                START,
                END,
                rv(asOf),
                behindAtMost,
                AnswerRows.of(
                    List.copyOf(sorted.keySet()),
                    sorted.values().stream().map(JudgeTest::rv).toList())));
  }

  private static ResourceVersion rv(int version) {
    return new ResourceVersion(Integer.toString(version));
  }

  @Test
  void anAnswerWithAllAcknowledgedWritesIsNotStale() {
    wrote(11, After.MATCHES, true, 800);
    wrote(12, After.MATCHES, true, 900);
    assertThat(judge(12, Map.of(POD, 12, OTHER, 3))).isEqualTo(new Verdict(false, 0, false, false));
  }

  @Test
  void anAnswerMayHoldMoreThanWasAcknowledged() {
    wrote(11, After.MATCHES, true, 900);
    assertThat(judge(15, Map.of(POD, 14)).stale()).isFalse();
  }

  @Test
  void aMissedUpdateIsStale() {
    wrote(11, After.MATCHES, true, 900);
    assertThat(judge(10, Map.of(POD, 10))).isEqualTo(new Verdict(true, 100, false, false));
  }

  @Test
  void aMissedCreateIsStale() {
    wrote(11, After.MATCHES, false, 900);
    assertThat(judge(10, Map.of(OTHER, 3))).isEqualTo(new Verdict(true, 100, false, false));
  }

  @Test
  void aMissedDeleteIsStale() {
    wrote(11, After.GONE, true, 900);
    assertThat(judge(10, Map.of(POD, 10))).isEqualTo(new Verdict(true, 100, false, false));
  }

  @Test
  void aMissedMoveOutOfTheQueryIsStale() {
    wrote(11, After.DOES_NOT_MATCH, true, 900);
    assertThat(judge(10, Map.of(POD, 10))).isEqualTo(new Verdict(true, 100, false, false));
  }

  @Test
  void aMissedMoveOutIsFoundThoughNobodyKnewThatItMatchedBefore() {
    wrote(11, After.DOES_NOT_MATCH, false, 900);
    assertThat(judge(10, Map.of(POD, 10)).stale()).isTrue();
  }

  @Test
  void aWriteThatTheQueryNeverSawIsNotMissed() {
    wrote(11, After.DOES_NOT_MATCH, false, 900);
    assertThat(judge(10, Map.of(OTHER, 3)).stale()).isFalse();
  }

  @Test
  void aDeletedPodMayBeThereAgain() {
    wrote(11, After.GONE, true, 800);
    wrote(12, After.MATCHES, false, 900);
    assertThat(judge(12, Map.of(POD, 12)).stale()).isFalse();
  }

  @Test
  void aDeletedPodThatIsStillThereIsStaleWhateverTheVersionSays() {
    wrote(11, After.GONE, true, 900);
    assertThat(judge(12, Map.of(POD, 10))).isEqualTo(new Verdict(true, 100, false, true));
  }

  @Test
  void aWriteAcknowledgedAfterTheReadBeganMayBeMissed() {
    wrote(11, After.MATCHES, true, START);
    assertThat(judge(10, Map.of(POD, 10)).stale()).isFalse();
  }

  @Test
  void aWriteAcknowledgedLaterMayHaveTakenThePodAway() {
    wrote(11, After.MATCHES, true, 900);
    wrote(12, After.GONE, true, END + 20);
    assertThat(judge(12, Map.of()).stale()).isFalse();
  }

  @Test
  void aDeleteSentAfterTheReadEndedExplainsNothing() {
    wrote(11, After.MATCHES, true, 900);
    wrote(12, After.GONE, true, END + 80);
    assertThat(judge(11, Map.of()).stale()).isTrue();
  }

  @Test
  void aWriteOfUnknownOutcomeMayHaveTakenThePodAway() {
    wrote(11, After.MATCHES, true, 900);
    log.unknown(POD, 950);
    assertThat(judge(12, Map.of()).stale()).isFalse();
  }

  @Test
  void aVersionThatPromisesAWriteWhichIsNotThereIsAContradiction() {
    wrote(11, After.MATCHES, true, 900);
    assertThat(judge(12, Map.of(POD, 10))).isEqualTo(new Verdict(true, 100, false, true));
  }

  @Test
  void stalenessCountsFromTheOldestMissedWrite() {
    wrote(11, After.MATCHES, true, 500);
    wrote(12, After.MATCHES, true, 700);
    wrote(13, After.MATCHES, true, 900);
    assertThat(judge(11, Map.of(POD, 11)).stalenessNanos()).isEqualTo(300);
  }

  @Test
  void aClaimBelowTheRealStalenessIsUnderstated() {
    wrote(11, After.MATCHES, true, 900);
    assertThat(judge(10, Map.of(POD, 10), Optional.of(Duration.ofNanos(99))).understated())
        .isTrue();
  }

  @Test
  void aClaimAtOrAboveTheRealStalenessIsNot() {
    wrote(11, After.MATCHES, true, 900);
    assertThat(judge(10, Map.of(POD, 10), Optional.of(Duration.ofNanos(100))).understated())
        .isFalse();
  }

  @Test
  void versionsCompareAsNumbers() {
    wrote(101, After.MATCHES, true, 900);
    assertThat(judge(99, Map.of(POD, 99)).stale()).isTrue();
  }
}
