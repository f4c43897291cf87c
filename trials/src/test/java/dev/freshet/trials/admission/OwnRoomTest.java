package dev.freshet.trials.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.process.Poll;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A create keeps its seat at the API server while its review lasts. Creates that take all seats
 * wait for a webhook whose own requests wait for a seat.
 */
@Tag("verify")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class OwnRoomTest {
  /** More than an API server with a handful of seats gets done, so that all are taken. */
  private static final int REVIEWS_A_SECOND = 200;

  private static final int REVIEWS = 500;
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path directory;

  @Test
  void aWebhookWithSeatsOfItsOwnReviewsWhateverComes() throws Exception {
    try (var place = ServedPlace.small(directory, true)) {
      var server = place.serve(options -> options);
      try (var traffic = place.traffic(server.port(), REVIEWS_A_SECOND)) {
        place.awaitReviews(traffic, REVIEWS);
        traffic.end();
        assertThat(traffic.failures()).isEmpty();
      }
    }
  }

  @Test
  void oneWithoutIsStarvedByThoseWhomItReviews() throws Exception {
    try (var place = ServedPlace.small(directory, false)) {
      var server = place.serve(options -> options);
      try (var traffic = place.traffic(server.port(), REVIEWS_A_SECOND)) {
        boolean failed = Poll.until("a failure", SOON, () -> !traffic.failures().isEmpty());
        assertThat(failed).isTrue();
        assertThat(traffic.failures().getFirst()).contains("could not decide");
      }
    }
  }
}
