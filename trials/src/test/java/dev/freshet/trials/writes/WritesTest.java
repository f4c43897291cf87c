package dev.freshet.trials.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.fabric8.Freshet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A part of what {@code ./build writes} does. */
@Tag("verify")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WritesTest {
  private static final int CREATES = 2_000;

  @Test
  void brokenConnectionsMakeNoDuplicatesAndNoLies() throws Exception {
    WritesResult result = WritesTrial.run(CREATES, 1, Freshet::client, done -> {});

    assertThat(result.problems()).isEmpty();
    assertThat(result.creates()).isEqualTo(CREATES);
    // Else no answer was lost, and nothing was tried.
    assertThat(result.unknownAndThere()).isPositive();
    assertThat(result.committed()).isGreaterThan(CREATES / 2);
  }
}
