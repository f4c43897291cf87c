package dev.freshet.trials.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.examples.rayworkerquota.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of a webhook are ended by SIGTERM and started again, and no review is lost. */
@Tag("verify")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DrainedProcessesTest {
  private static final int REVIEWS_A_SECOND = 50;
  private static final int REVIEWS_BETWEEN = 250;
  private static final int QUOTA = 100;
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

  @TempDir private Path directory;

  private final List<Replica> replicas = new ArrayList<>();

  @Test
  void eachProcessIsReplacedAndNoReviewIsLost() throws Exception {
    try (var place = new ServedPlace(directory);
        var balancer = Balancer.open()) {
      Replica first = replica(place);
      Replica second = replica(place);
      balancer.addWhileReady(first.port(), place.caller().authority());
      balancer.addWhileReady(second.port(), place.caller().authority());
      try (var traffic = place.traffic(balancer.port(), REVIEWS_A_SECOND)) {
        place.awaitReviews(traffic, REVIEWS_BETWEEN);
        first.terminate();
        place.awaitReviews(traffic, REVIEWS_BETWEEN);
        Replica third = replica(place);
        balancer.addWhileReady(third.port(), place.caller().authority());
        place.awaitReviews(traffic, REVIEWS_BETWEEN);
        second.terminate();
        place.awaitReviews(traffic, REVIEWS_BETWEEN);
        Replica fourth = replica(place);
        balancer.addWhileReady(fourth.port(), place.caller().authority());
        place.awaitReviews(traffic, REVIEWS_BETWEEN);
        traffic.end();
        assertThat(traffic.failures()).isEmpty();
      } finally {
        replicas.forEach(Replica::close);
      }
    }
  }

  private Replica replica(ServedPlace place) {
    Replica started =
        Replica.start(
            directory,
            place.plane().kubeconfig(ServedPlace.WEBHOOK),
            Mode.CACHED,
            ServedPlace.SYSTEM,
            QUOTA,
            REQUEST_TIMEOUT,
            directory.resolve("replica-" + replicas.size() + ".log"));
    replicas.add(started);
    return started;
  }
}
