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
  void aRefusalMakesItHalfAndThoseSentBeforeNoLessAgain() {
    int before = crowding.limit();
    long sent = time.monotonicNanos();
    time.advance(Duration.ofMillis(10));
    for (int i = 0; i < 30; i++) {
      crowding.learn(sent, 30, true);
    }
    assertThat(crowding.limit()).isEqualTo(before / 2);
    crowding.learn(time.monotonicNanos(), 1, true);
    assertThat(crowding.limit()).isEqualTo(before / 4);
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
    assertThat(crowding.limit()).isEqualTo(2);
  }
}
