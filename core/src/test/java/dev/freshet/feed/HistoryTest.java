package dev.freshet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.ResourceVersion;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.scripted.Wire;
import dev.freshet.store.Snapshot;
import dev.freshet.store.Store;
import dev.freshet.time.Moment;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HistoryTest {

  private final VirtualTime time = new VirtualTime();
  private final Store store = new Store();
  private final AtomicInteger cuts = new AtomicInteger();
  private final History history =
      new History(FeedScope.of(Wire.PODS), store, cuts::incrementAndGet);

  private static ResourceVersion version(int version) {
    return new ResourceVersion(Integer.toString(version));
  }

  private Snapshot holdAt(int version, int epoch) {
    store.replace(List.of(), version(version), epoch);
    return store.snapshot().orElseThrow();
  }

  @Test
  void anAnswerDatesACacheThatHasComeSoFar() {
    Snapshot then = holdAt(10, 1);
    Moment asked = time.now();
    history.observe(version(10), asked, then);
    assertThat(history.dating().provenAt(version(10))).contains(asked);
    assertThat(history.alarm()).isEmpty();
    assertThat(history.isTrusted()).isTrue();
  }

  @Test
  void anAnswerToAQuestionOfAnotherEpochSaysNothing() {
    Snapshot then = holdAt(10, 1);
    holdAt(5, 2);
    history.observe(version(4), time.now(), then);
    history.observeWrite(version(4), then);
    assertThat(history.dating().provenAt(version(5))).isEmpty();
    assertThat(history.alarm()).isEmpty();
  }

  @Test
  void anAnswerToAQuestionAskedBeforeAnythingWasHeldSaysNothing() {
    holdAt(10, 1);
    history.observe(version(4), time.now(), null);
    history.observeWrite(version(4), null);
    assertThat(history.dating().provenAt(version(10))).isEmpty();
    assertThat(history.alarm()).isEmpty();
    assertThat(cuts).hasValue(0);
  }

  @Test
  void anAnswerBelowWhatWasHeldBeforeItWasAskedForIsAnAlarmAndDatesNothing() {
    Snapshot then = holdAt(10, 1);
    history.observe(version(9), time.now(), then);
    assertThat(history.alarm()).contains("answered at 9").contains("at 10");
    assertThat(history.dating().provenAt(version(10))).isEmpty();
    assertThat(cuts).hasValue(1);
  }

  @Test
  void anAnswerBelowWhatHasComeSinceIsNone() {
    Snapshot then = holdAt(10, 1);
    holdAt(20, 1);
    history.observe(version(15), time.now(), then);
    history.observeWrite(version(15), then);
    assertThat(history.alarm()).isEmpty();
  }

  @Test
  void aWriteDatesNothingAndContradictsAllTheSame() {
    Snapshot then = holdAt(10, 1);
    history.observeWrite(version(12), then);
    assertThat(history.dating().provenAt(version(12))).isEmpty();
    history.observeWrite(version(9), then);
    assertThat(history.alarm()).isNotEmpty();
  }

  @Test
  void oneAlarmIsRaisedOnceHoweverManyAnswersContradict() {
    Snapshot then = holdAt(10, 1);
    history.observeWrite(version(9), then);
    history.observeWrite(version(8), then);
    assertThat(history.alarm()).contains("answered at 9");
    assertThat(cuts).hasValue(1);
  }

  @Test
  void distrustIsTakenOnceAndTheAlarmStaysUntilANewEpoch() {
    Snapshot then = holdAt(10, 1);
    history.observe(version(10), time.now(), then);
    history.observeWrite(version(9), then);
    assertThat(history.isTrusted()).isFalse();
    assertThat(history.takeDistrust()).isEqualTo(history.alarm()).isNotEmpty();
    assertThat(history.takeDistrust()).isEmpty();
    assertThat(history.isTrusted()).isTrue();
    assertThat(history.alarm()).isNotEmpty();
    history.beginEpoch();
    assertThat(history.alarm()).isEmpty();
    assertThat(history.dating().provenAt(version(10))).isEmpty();
  }
}
