package dev.freshet.trials.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.controlplane.ClientTls;
import dev.freshet.testkit.controlplane.Credential;
import dev.freshet.testkit.process.Poll;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A webhook whose certificate is replaced again and again loses no review. */
@Tag("verify")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RotationUnderLoadTest {
  private static final int ROTATIONS = 20;
  private static final int REVIEWS_A_SECOND = 50;
  private static final int REVIEWS_BETWEEN = 25;
  private static final Duration OFTEN = Duration.ofMillis(100);
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path directory;

  @Test
  void twentyCertificatesAndNoReviewIsLost() throws Exception {
    try (var place = new ServedPlace(directory)) {
      var server = place.serve(options -> options.reloadEvery(OFTEN));
      try (var traffic = place.traffic(server.port(), REVIEWS_A_SECOND)) {
        for (int i = 0; i < ROTATIONS; i++) {
          place.awaitReviews(traffic, REVIEWS_BETWEEN);
          Credential next = place.caller().authority().serving();
          place.write(next);
          Certificate wanted = ClientTls.certificate(next.certificate());
          assertThat(
                  Poll.until(
                      "the new certificate",
                      SOON,
                      () -> served(place, server.port()).equals(wanted)))
              .as("rotation %d", i)
              .isTrue();
        }
        place.awaitReviews(traffic, REVIEWS_BETWEEN);
        traffic.end();
        assertThat(traffic.failures()).isEmpty();
      }
    }
  }

  private static Certificate served(ServedPlace place, int port) {
    try (var client =
        new RawClient(port, place.caller().authority().certificate(), Optional.empty())) {
      return client.serverCertificate();
    } catch (IOException e) {
      throw new TestkitException("Cannot connect to the webhook.", e);
    }
  }
}
