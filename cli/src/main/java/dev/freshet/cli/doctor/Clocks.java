package dev.freshet.cli.doctor;

import dev.freshet.fabric8.Freshet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * This machine's clock beside the server's. Freshet compares no times of two machines; tokens and
 * certificates have to be valid at both.
 */
final class Clocks {
  private static final Duration TOLERATED = Duration.ofSeconds(30);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final Freshet freshet;

  Clocks(Freshet freshet) {
    this.freshet = freshet;
  }

  Finding compare() {
    KubernetesClient client = freshet.client();
    HttpClient http = client.getHttpClient();
    var request =
        http.newHttpRequestBuilder()
            .uri(client.getMasterUrl().toString().replaceAll("/$", "") + "/version")
            .build();
    try {
      Instant before = Instant.now();
      HttpResponse<String> answer =
          http.sendAsync(request, String.class)
              .get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      Instant after = Instant.now();
      String date = answer.header("Date");
      if (date == null) {
        return Finding.ok("clock", "the server does not say what time it is");
      }
      Instant there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return judged(apart(before, after, there));
    } catch (DateTimeException e) {
      return Finding.ok("clock", "the server does not say what time it is");
    } catch (ExecutionException | TimeoutException e) {
      return Finding.warn("clock", "the server did not answer in time", "Try again.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.warn("clock", "interrupted", "Try again.");
    }
  }

  /** The server's second may be any part of one, and was told at some time in between. */
  static Duration apart(Instant before, Instant after, Instant there) {
    if (there.plusSeconds(1).isBefore(before)) {
      return Duration.between(there.plusSeconds(1), before);
    }
    return there.isAfter(after) ? Duration.between(after, there) : Duration.ZERO;
  }

  static Finding judged(Duration apart) {
    return apart.compareTo(TOLERATED) <= 0
        ? Finding.ok("clock", "within " + (apart.toSeconds() + 1) + " s of the server's")
        : Finding.warn(
            "clock",
            apart.toSeconds() + " s away from the server's",
            "Set it right: tokens and certificates may be refused as not yet or no longer valid.");
  }
}
