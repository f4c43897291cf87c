package dev.freshet.trials.writes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WritesResultTest {
  @Test
  void aCreateThatIsThereTwiceIsAProblemWhateverTheClientSaid() {
    var twice = Map.of("default/made-1", tagged("a"), "default/made-2", tagged("a"));

    assertThat(problems(new Outcome.Committed("made-1"), twice)).contains("created 2 times");
    assertThat(problems(new Outcome.Unknown("reset"), twice)).contains("created 2 times");
  }

  @Test
  void aCreateReportedAsFailedMayNotBeThere() {
    assertThat(problems(new Outcome.Refused("409"), Map.of("default/made-1", tagged("a"))))
        .contains("reported as failed");
  }

  @Test
  void aCreateReportedAsCommittedMustBeThereUnderItsName() {
    assertThat(problems(new Outcome.Committed("made-1"), Map.of())).contains("is not there");
    assertThat(problems(new Outcome.Committed("made-1"), Map.of("default/made-2", tagged("a"))))
        .contains("is not there");
  }

  @Test
  void anUnknownOutcomeMayBeEither() {
    assertThat(problems(new Outcome.Unknown("reset"), Map.of())).isEmpty();
    assertThat(problems(new Outcome.Unknown("reset"), Map.of("default/made-1", tagged("a"))))
        .isEmpty();
  }

  private static Map<String, String> tagged(String tag) {
    return Map.of(Creates.TAG, tag);
  }

  private static String problems(Outcome said, Map<String, Map<String, String>> labels) {
    return String.join("\n", WritesResult.of(Map.of("a", said), labels, 0, 0).problems());
  }
}
