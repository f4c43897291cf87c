package dev.freshet.testkit.webhook;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.controlplane.ClientTls;
import dev.freshet.testkit.controlplane.User;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts recorded AdmissionReviews to a webhook as an API server would: what did it say then, what
 * does it say now? Thread-safe.
 *
 * <pre>{@code
 * var replay = ReviewReplay.to(URI.create("https://127.0.0.1:8443/pod-quota"), caller);
 * assertThat(replay.all(Path.of("reviews"))).allMatch(Replayed::allowed);
 * }</pre>
 */
public final class ReviewReplay {
  private static final Duration WITHIN = Duration.ofSeconds(10);
  private static final int OK = 200;

  private final HttpClient client;
  private final URI url;

  private ReviewReplay(HttpClient client, URI url) {
    this.client = client;
    this.url = url;
  }

  /**
   * To a webhook whose certificate the caller's authority has issued, and which knows the caller.
   *
   * @param url where reviews are posted, by HTTPS
   */
  public static ReviewReplay to(URI url, WebhookCaller caller) {
    var own = Optional.of(caller.authority().client(User.named(WebhookCaller.NAME)));
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(ClientTls.context(caller.authority().certificate(), own))
            .build();
    return new ReviewReplay(client, url);
  }

  /**
   * What a webhook said to one review.
   *
   * @param review which: the file, or as it was handed over
   * @param status HTTP's; anything but 200 is no answer to the review
   * @param allowed whether it may be done; false without an answer
   * @param message why not, or what the server said instead of an answer
   * @param body the whole answer
   */
  public record Replayed(
      String review, int status, boolean allowed, String message, JsonNode body) {}

  /**
   * Replays every {@code .json} file of a directory, an AdmissionReview each, in the order of their
   * names.
   */
  public List<Replayed> all(Path directory) {
    List<Replayed> all = new ArrayList<>();
    try (var files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        all.add(one(file.getFileName().toString(), Files.readAllBytes(file)));
      }
      return all;
    } catch (IOException e) {
      throw new TestkitException("Cannot read reviews from " + directory + ".", e);
    }
  }

  /**
   * Replays one.
   *
   * @param name by which it is told from others
   * @param review the AdmissionReview as JSON
   * @throws TestkitException if the webhook cannot be reached, or does not answer in 10 s
   */
  public Replayed one(String name, byte[] review) {
    var request =
        HttpRequest.newBuilder(URI.create(url + "?timeout=" + WITHIN.toSeconds() + "s"))
            .timeout(WITHIN)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(review))
            .build();
    try {
      return replayed(name, client.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new TestkitException("The webhook at " + url + " did not answer " + name + ".", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestkitException("Interrupted while replaying " + name + ".", e);
    }
  }

  private static Replayed replayed(String name, HttpResponse<String> response) {
    if (response.statusCode() != OK) {
      JsonNode none = JsonMapper.shared().missingNode();
      return new Replayed(name, response.statusCode(), false, response.body(), none);
    }
    try {
      JsonNode body = JsonMapper.shared().readTree(response.body());
      JsonNode answer = body.path("response");
      return new Replayed(
          name,
          OK,
          answer.path("allowed").asBoolean(false),
          answer.path("status").path("message").asString(""),
          body);
    } catch (JacksonException e) {
      throw new TestkitException("The webhook answered " + name + " with no JSON.", e);
    }
  }
}
