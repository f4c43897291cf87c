package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.scripted.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {

  private final VirtualTime time = new VirtualTime();
  private final Pulse pulse = new Pulse(time);

  @Test
  void aStreamThatNeverChangedHasNone() {
    time.advance(Duration.ofSeconds(5));
    assertThat(pulse.perSecond()).isZero();
  }

  @Test
  void aSteadyStreamIsToldWhetherItsChangesAreFewOrMany() {
    beat(20, Duration.ofMillis(500), 1);
    assertThat(pulse.perSecond()).isCloseTo(2, within(0.3));
    beat(1_000, Duration.ofMillis(1), 1);
    assertThat(pulse.perSecond()).isCloseTo(1_000, within(50.0));
    beat(100, Duration.ofMillis(10), 50);
    assertThat(pulse.perSecond()).isCloseTo(5_000, within(200.0));
  }

  @Test
  void aBusyStreamThatFallsSilentIsKnownToBeSilentSoon() {
    beat(100, Duration.ofMillis(10), 1);
    time.advance(Duration.ofSeconds(5));
    assertThat(pulse.perSecond()).isLessThan(15);
    time.advance(Duration.ofSeconds(6));
    assertThat(pulse.perSecond()).isZero();
  }

  private void beat(int times, Duration apart, int changes) {
    for (int i = 0; i < times; i++) {
      time.advance(apart);
      pulse.beat(changes);
    }
  }
}
