package dev.freshet.govern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.scripted.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CrowdingTest {

  private final VirtualTime time = new VirtualTime();
  private final Crowding crowding = new Crowding(time);

  private void answered(long sentNanos, int inFlight) {
    crowding.learn(sentNanos, inFlight, false);
  }

  @Test
  void oneMoreIsTriedAfterAsManyGoodAnswersWhileHalfAsManyAreUnderWay() {
    int before = crowding.limit();
    for (int i = 0; i < before; i++) {
      assertThat(crowding.limit()).isEqualTo(before);
      answered(time.monotonicNanos(), before / 2);
    }
    assertThat(crowding.limit()).isEqualTo(before + 1);
    for (int i = 0; i < 2 * before; i++) {
      answered(time.monotonicNanos(), 1);
    }
    assertThat(crowding.limit()).isEqualTo(before + 1);
  }

  @Test
  void aRefusalMakesItHalfOfWhatWasUnderWayAndThoseSentBeforeNoLessAgain() {
    long sent = time.monotonicNanos();
    time.advance(Duration.ofMillis(10));
    for (int i = 0; i < 30; i++) {
      crowding.learn(sent, 30, true);
    }
    assertThat(crowding.limit()).isEqualTo(15);
    crowding.learn(time.monotonicNanos(), 15, true);
    assertThat(crowding.limit()).isEqualTo(7);
  }

  @Test
  void anAnswerThatTakesTooLongIsAsGoodAsARefusal() {
    int before = crowding.limit();
    long sent = time.monotonicNanos();
    time.advance(Crowding.TOO_LONG.plusMillis(1));
    answered(sent, 1);
    assertThat(crowding.limit()).isLessThan(before);
  }

  @Test
  void itNeverComesToAStandstill() {
    for (int i = 0; i < 100; i++) {
      time.advance(Duration.ofSeconds(1));
      crowding.learn(time.monotonicNanos(), 1, true);
    }
    assertThat(crowding.limit()).isEqualTo(1);
  }

  @Test
  void whatWasOneTooManyIsTriedAgainAfterATimeThatDoubles() {
    refusedAt(4);
    goodAnswers();
    assertThat(crowding.limit()).as("one less than too many").isEqualTo(3);
    for (Duration patience = Crowding.PATIENCE_AT_FIRST;
        patience.compareTo(Crowding.MOST_PATIENCE) <= 0;
        patience = patience.multipliedBy(2)) {
      time.advance(patience.minusMillis(1));
      goodAnswers();
      assertThat(crowding.limit()).isEqualTo(3);
      time.advance(Duration.ofMillis(2));
      answersUntil(4);
      refusedAt(4);
      goodAnswers();
    }
    time.advance(Crowding.MOST_PATIENCE.plusMillis(1));
    answersUntil(4);
  }

  @Test
  void whatIsNotTooManyAnyMoreIsNoBound() {
    refusedAt(4);
    goodAnswers();
    time.advance(Crowding.PATIENCE_AT_FIRST.plusMillis(1));
    answersUntil(20);
  }

  @Test
  void aServerThatTakesLessThanBeforeIsTriedAgainSoon() {
    refusedAt(8);
    goodAnswers();
    time.advance(Crowding.PATIENCE_AT_FIRST.plusMillis(1));
    answersUntil(8);
    refusedAt(8);
    refusedAt(2);
    goodAnswers();
    assertThat(crowding.limit()).isEqualTo(1);
    time.advance(Crowding.PATIENCE_AT_FIRST.plusMillis(1));
    answersUntil(8);
  }

  private void refusedAt(int inFlight) {
    crowding.learn(time.monotonicNanos(), inFlight, true);
  }

  /** More than enough of them to become more. */
  private void goodAnswers() {
    for (int i = 0; i < 100; i++) {
      answered(time.monotonicNanos(), crowding.limit());
    }
  }

  private void answersUntil(int limit) {
    for (int i = 0; i < limit * limit && crowding.limit() < limit; i++) {
      answered(time.monotonicNanos(), crowding.limit());
    }
    assertThat(crowding.limit()).isEqualTo(limit);
  }
}
