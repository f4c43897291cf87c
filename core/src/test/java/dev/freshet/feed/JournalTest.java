package dev.freshet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.scripted.VirtualTime;
import dev.freshet.time.Moment;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalTest {

  private final VirtualTime time = new VirtualTime();
  private final Journal journal = new Journal(time);

  private Moment later() {
    time.advance(Duration.ofSeconds(1));
    return time.now();
  }

  @Test
  void beginsWithNothingHeard() {
    assertThat(journal.status().state()).isEqualTo(FeedStatus.State.STARTING);
    assertThat(journal.status().lastHeard()).isEmpty();
  }

  @Test
  void aStateCountsFromWhenItWasEnteredHoweverOftenItIsSaidAgain() {
    Moment entered = later();
    journal.enter(FeedStatus.State.WATCHING, "follows");
    later();
    journal.enter(FeedStatus.State.WATCHING, "follows");
    assertThat(journal.status().since()).isEqualTo(entered);
  }

  @Test
  void anotherReasonForTheSameStateCountsAnew() {
    journal.enter(FeedStatus.State.RETRYING, "one failure");
    Moment second = later();
    journal.enter(FeedStatus.State.RETRYING, "another");
    assertThat(journal.status().since()).isEqualTo(second);
    assertThat(journal.status().why()).isEqualTo("another");
  }

  @Test
  void anotherStateForTheSameReasonCountsAnew() {
    journal.enter(FeedStatus.State.RETRYING, "it");
    Moment second = later();
    journal.enter(FeedStatus.State.CLOSED, "it");
    assertThat(journal.status().state()).isEqualTo(FeedStatus.State.CLOSED);
    assertThat(journal.status().since()).isEqualTo(second);
  }

  @Test
  void whatIsHeardChangesNeitherStateNorSinceAndOutlivesThem() {
    journal.enter(FeedStatus.State.WATCHING, "follows");
    Moment entered = journal.status().since();
    Moment heard = later();
    journal.heard();
    assertThat(journal.status())
        .isEqualTo(
            new FeedStatus(FeedStatus.State.WATCHING, entered, "follows", Optional.of(heard)));
    later();
    journal.enter(FeedStatus.State.RETRYING, "broken");
    assertThat(journal.status().lastHeard()).contains(heard);
  }

  @Test
  void theLastFailureIsForgottenOnceSomethingIsHeard() {
    journal.failed("boom");
    assertThat(journal.lastFailure()).isEqualTo("boom");
    journal.heard();
    assertThat(journal.lastFailure()).isEmpty();
  }
}
