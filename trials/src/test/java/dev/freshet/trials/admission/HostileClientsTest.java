package dev.freshet.trials.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.controlplane.Credential;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.webhook.WebhookCaller;
import dev.freshet.webhook.http.HttpDeadlines;
import dev.freshet.webhook.http.HttpLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What no API server would send is refused, and none of its reviews fails meanwhile. */
@Tag("verify")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HostileClientsTest {
  private static final int REVIEWS_A_SECOND = 50;
  private static final int ROUNDS = 3;

  /** Of each kind at once. */
  private static final int ATTACKERS = 4;

  /** Reviews between two rounds. */
  private static final int REVIEWS_BETWEEN = 250;

  private static final Duration HEADER = Duration.ofSeconds(2);

  /** Enough for forty handshakes at once, on a machine that does all else besides. */
  private static final Duration HANDSHAKE = Duration.ofSeconds(30);

  /** Enough for 7 MiB of each that sends 100 MB there. */
  private static final Duration BODY = Duration.ofSeconds(15);

  @TempDir private Path directory;

  @Test
  void badRequestsAreRefusedWhileFiftyReviewsASecondGoOn() throws Exception {
    try (var place = new ServedPlace(directory)) {
      var server =
          place.serve(options -> options.limits(HttpLimits.defaults().deadlines(shortOnes())));
      try (var traffic = place.traffic(server.port(), REVIEWS_A_SECOND)) {
        place.awaitReviews(traffic, REVIEWS_BETWEEN);
        for (int round = 0; round < ROUNDS; round++) {
          assertThat(attacked(place, server.port())).as("round %d", round).isEmpty();
          place.awaitReviews(traffic, REVIEWS_BETWEEN);
        }
        traffic.end();
        assertThat(traffic.failures()).isEmpty();
        assertThat(traffic.answered()).isGreaterThanOrEqualTo(REVIEWS_BETWEEN * (ROUNDS + 1L));
      }
      for (Hostility hostility : Hostility.values()) {
        assertThat(server.answers().of(hostility.status()))
            .as(hostility.toString())
            .isGreaterThanOrEqualTo((long) ROUNDS * ATTACKERS);
      }
    }
  }

  private static HttpDeadlines shortOnes() {
    return HttpDeadlines.defaults().handshake(HANDSHAKE).header(HEADER).body(BODY);
  }

  /** All kinds at once; what was not answered as it had to be. */
  private static List<String> attacked(ServedPlace place, int port) throws Exception {
    var foreign = Optional.of(place.caller().authority().client(User.named("somebody-else")));
    var known = Optional.of(place.caller().authority().client(User.named(WebhookCaller.NAME)));
    List<Callable<Optional<String>>> all = new ArrayList<>();
    for (Hostility hostility : Hostility.values()) {
      Optional<Credential> own =
          switch (hostility) {
            case NO_CERTIFICATE -> Optional.empty();
            case FOREIGN_SUBJECT -> foreign;
            case SLOW_HEADER,
                SLOW_BODY,
                ANNOUNCED_100_MB,
                UNANNOUNCED_100_MB,
                ANOTHER_TYPE,
                NO_JSON,
                OLD_VERSION,
                NO_UID ->
                known;
          };
      for (int i = 0; i < ATTACKERS; i++) {
        all.add(() -> attack(hostility, place, port, own));
      }
    }
    List<String> wrong = new ArrayList<>();
    try (ExecutorService attackers = Executors.newFixedThreadPool(all.size())) {
      for (Future<Optional<String>> attack : attackers.invokeAll(all)) {
        attack.get().ifPresent(wrong::add);
      }
    }
    return wrong;
  }

  private static Optional<String> attack(
      Hostility hostility, ServedPlace place, int port, Optional<Credential> own) {
    try (var client = new RawClient(port, place.caller().authority().certificate(), own)) {
      hostility.attack(client, place.path());
      int status = client.status();
      return status == hostility.status()
          ? Optional.empty()
          : Optional.of(hostility + " was answered " + status);
    } catch (IOException e) {
      return Optional.of(hostility + " was not answered: " + e);
    }
  }
}
