package dev.freshet.trials.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three minutes of what {@code ./build soak} does for an hour. */
@Tag("verify")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class SoakTest {
  @Test
  void heapThreadsAndDescriptorsStayFlatWhileThingsBreak() throws Exception {
    SoakResult result = Soak.run(Duration.ofMinutes(3), 3, sample -> {});

    assertThat(result.problems()).as(result.tables()).isEmpty();
  }
}
