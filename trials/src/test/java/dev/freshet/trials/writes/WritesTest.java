package dev.freshet.trials.writes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A part of what {@code ./build writes} does. */
@Tag("verify")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WritesTest {
  private static final int CREATES = 1_000;

  @ParameterizedTest
  @EnumSource
  void brokenConnectionsMakeNoDuplicatesAndNoLies(WritingClient client) throws Exception {
    WritesResult result = WritesTrial.run(CREATES, 1, client, done -> {});

    assertThat(result.problems()).isEmpty();
    assertThat(result.creates()).isEqualTo(CREATES);
    // Else no answer was lost, and nothing was tried.
    assertThat(result.unknownAndThere()).isPositive();
    assertThat(result.committed()).isGreaterThan(CREATES / 2);
  }
}
