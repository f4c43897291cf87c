package dev.freshet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.ResourceVersion;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.time.Moment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatingTest {

  private final VirtualTime time = new VirtualTime();
  private final Dating dating = new Dating();

  @Test
  void unknownAtFirst() {
    assertThat(dating.provenAt(version(10))).isEmpty();
  }

  @Test
  void aProofCountsOnlyOnceTheFrontierHasReachedIt() {
    Moment first = prove(10, 10);
    time.advance(Duration.ofSeconds(1));
    Moment second = prove(20, 10);
    assertThat(dating.provenAt(version(19))).contains(first);
    assertThat(dating.provenAt(version(20))).contains(second);
  }

  @Test
  void theNewestReachedProofCountsHoweverManyAreStillAhead() {
    Moment reached = prove(10, 10);
    for (int i = 0; i < 1_000; i++) {
      time.advance(Duration.ofMillis(1));
      prove(1_000 + i, 10);
    }
    assertThat(dating.provenAt(version(10))).contains(reached);
    time.advance(Duration.ofSeconds(1));
    Moment last = prove(5_000, 10);
    assertThat(dating.provenAt(version(5_000))).contains(last);
  }

  @Test
  void theAgeCountsTimeThatTheMachineSpentSuspended() {
    Moment proven = prove(10, 10);
    time.suspend(Duration.ofMinutes(3));
    assertThat(time.since(proven)).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void aWallClockThatGoesBackDoesNotMakeTheCacheYounger() {
    Moment proven = prove(10, 10);
    time.advance(Duration.ofSeconds(5));
    time.suspend(Duration.ofHours(-1));
    assertThat(time.since(proven)).isEqualTo(Duration.ofSeconds(5));
  }

  private Moment prove(long version, long frontier) {
    Moment asked = time.now();
    dating.prove(version(version), asked, version(frontier));
    return asked;
  }

  private static ResourceVersion version(long version) {
    return new ResourceVersion(Long.toString(version));
  }
}
