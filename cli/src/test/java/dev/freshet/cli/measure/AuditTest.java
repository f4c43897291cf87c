package dev.freshet.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.measure.LoggedWrite.After;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditTest {

  private static final ObjectKey POD = new ObjectKey("ns", "pod");
  private static final ResourceVersion BEFORE = new ResourceVersion("10");
  private static final ResourceVersion WRITTEN = new ResourceVersion("11");
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final WriteLog log = new WriteLog();
  private final Audit audit = new Audit(log);

  private static TimedAnswer answerAt(long nanos, ResourceVersion asOf, AnswerRows rows) {
    return new TimedAnswer(nanos, nanos + 10, asOf, Optional.empty(), rows);
  }

  private static AnswerRows holding(ResourceVersion version) {
    return AnswerRows.of(List.of(POD), List.of(version));
  }

  private void write(After after, ResourceVersion version, long sent, long acknowledged) {
    log.acknowledged(new LoggedWrite(POD, version, after, true, sent, acknowledged));
  }

  @Test
  void answersAreCountedAndNotWrites() {
    write(After.MATCHES, WRITTEN, 0, 10);
    audit.add(answerAt(100, BEFORE, holding(BEFORE)));
    audit.add(answerAt(200, BEFORE, holding(BEFORE)));
    audit.add(answerAt(300, WRITTEN, holding(WRITTEN)));
    assertThat(audit.finish()).isEqualTo(new Audit.Tally(2, 190, 0, 0));
  }

  @Test
  void aWriteLoggedOnlyAfterTheAnswerCameStillCounts() {
    audit.add(answerAt(100, BEFORE, holding(BEFORE)));
    write(After.MATCHES, WRITTEN, 0, 10);
    assertThat(audit.finish().stale()).isEqualTo(1);
  }

  @Test
  void aSeemingContradictionIsJudgedAgainWhenALateDeleteIsKnown() {
    write(After.MATCHES, WRITTEN, 0, 10);
    audit.add(answerAt(100, new ResourceVersion("12"), AnswerRows.of(List.of(), List.of())));
    // A later answer makes the audit judge the first one, before the delete is acknowledged.
    audit.add(answerAt(MINUTE, new ResourceVersion("12"), AnswerRows.of(List.of(), List.of())));
    write(After.GONE, new ResourceVersion("12"), 90, 2 * MINUTE);
    assertThat(audit.finish()).isEqualTo(new Audit.Tally(0, 0, 0, 0));
  }

  @Test
  void aContradictionThatNothingExplainsIsCounted() {
    write(After.MATCHES, WRITTEN, 0, 10);
    audit.add(answerAt(100, WRITTEN, holding(BEFORE)));
    assertThat(audit.finish()).isEqualTo(new Audit.Tally(1, 90, 0, 1));
  }
}
