package dev.freshet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {

  /** Chance that always gives the least of what it may give, or the most. */
  private record Extreme(boolean most) implements RandomGenerator {
    @Override
    public long nextLong() {
      return 0;
    }

    @Override
    public long nextLong(long bound) {
      return most ? bound - 1 : 0;
    }
  }

  private final Backoff shortest = new Backoff(new Extreme(false));
  private final Backoff longest = new Backoff(new Extreme(true));

  @Test
  void aWaitIsBetweenHalfOfItsCeilingAndAllOfIt() {
    assertThat(shortest.next(Optional.empty())).isEqualTo(Backoff.FIRST.dividedBy(2));
    assertThat(longest.next(Optional.empty())).isEqualTo(Backoff.FIRST);
  }

  @Test
  void theCeilingDoublesUpToTheLongest() {
    Duration ceiling = Backoff.FIRST;
    for (int i = 0; i < 12; i++) {
      assertThat(longest.next(Optional.empty())).isEqualTo(ceiling);
      Duration doubled = ceiling.multipliedBy(2);
      ceiling = doubled.compareTo(Backoff.LONGEST) < 0 ? doubled : Backoff.LONGEST;
    }
    assertThat(ceiling).isEqualTo(Backoff.LONGEST);
  }

  @Test
  void whatTheServerAsksForIsWaitedInFullAndSpread() {
    Duration asked = Duration.ofSeconds(7);
    assertThat(longest.next(Optional.of(asked))).isEqualTo(asked.plus(Backoff.FIRST));
  }

  @Test
  void lessThanTheOwnWaitNeedNotBeAdded() {
    assertThat(longest.next(Optional.of(Backoff.FIRST))).isEqualTo(Backoff.FIRST);
  }

  @Test
  void afterASuccessItBeginsSmallAgain() {
    longest.next(Optional.empty());
    longest.next(Optional.empty());
    longest.reset();
    assertThat(longest.next(Optional.empty())).isEqualTo(Backoff.FIRST);
  }
}
