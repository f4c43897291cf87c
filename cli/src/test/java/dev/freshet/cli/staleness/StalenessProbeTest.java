package dev.freshet.cli.staleness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.CacheHealth;
import dev.freshet.CacheHealth.State;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What a look says in words. */
class StalenessProbeTest {

  private static final ResourceType PODS = new ResourceType("", "v1", "pods", "Pod", true);

  private static CacheHealth health(State state, String frontier, String alarm) {
    return new CacheHealth(
        PODS,
        Optional.empty(),
        state,
        Instant.EPOCH,
        "connection refused",
        Optional.empty(),
        Optional.empty(),
        0,
        1,
        Optional.of(frontier).filter(text -> !text.isEmpty()).map(ResourceVersion::new),
        Optional.empty(),
        0,
        0,
        "none",
        alarm,
        "none",
        0,
        Optional.empty(),
        0,
        "none",
        Optional.empty(),
        "off");
  }

  private static String why(CacheHealth health, String head) {
    return StalenessProbe.why(health, Optional.of(new ResourceVersion(head)), "");
  }

  @Test
  void aCacheThatHasReachedTheServersVersionIsCurrent() {
    assertThat(why(health(State.WATCHING, "12", ""), "12")).isEqualTo("current");
  }

  @Test
  void aCacheBelowWaitsForWhatWillBringIt() {
    assertThat(why(health(State.WATCHING, "9", ""), "12"))
        .isEqualTo("waits for an event or a bookmark past 12");
  }

  @Test
  void aFeedThatIsOutSaysWhyEvenIfItWasCurrent() {
    assertThat(why(health(State.RETRYING, "12", ""), "12"))
        .isEqualTo("retrying: connection refused");
  }

  @Test
  void anAlarmComesBeforeAnythingElse() {
    assertThat(why(health(State.RETRYING, "12", "history went back"), "12"))
        .isEqualTo("ALARM: history went back");
  }

  @Test
  void aServerThatDoesNotAnswerIsSaidNotTo() {
    assertThat(
            StalenessProbe.why(
                health(State.WATCHING, "12", ""), Optional.empty(), "connection refused"))
        .isEqualTo("the server does not say how far it is: connection refused");
  }

  @Test
  void versionsWithoutOrderAreNotCompared() {
    assertThat(why(health(State.WATCHING, "a", ""), "b")).isEqualTo("versions without an order");
  }

  @Test
  void whatIsNotKnownIsAQuestionMarkAndNeverZero() {
    var look =
        new Staleness(
            "pods",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            0,
            0,
            "listing");
    assertThat(StalenessLine.cells(look))
        .isEqualTo(List.of("pods", "?", "none", "?", "?", "none", "listing"));
  }

  @Test
  void shortTimesAreGivenToTheHundredthOfASecond() {
    assertThat(StalenessLine.fine(Duration.ofMillis(1_234))).isEqualTo("1.23s");
    assertThat(StalenessLine.fine(Duration.ofSeconds(130))).isEqualTo("2m10s");
  }
}
