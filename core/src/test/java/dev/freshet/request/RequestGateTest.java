package dev.freshet.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.LoadBudgetExceededException;
import dev.freshet.govern.Governor;
import dev.freshet.load.Budget;
import dev.freshet.load.LoadOptions;
import dev.freshet.scripted.Patience;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.transport.ApiRequest;
import dev.freshet.transport.ApiResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What passes the gate, and when. */
class RequestGateTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Map<String, String> COME_AGAIN = Map.of("Retry-After", "2");

  private final ScriptedServer server = new ScriptedServer();
  private final VirtualTime time = new VirtualTime();
  private final Governor governor =
      new Governor(
          LoadOptions.defaults().caller("slow", Budget.unlimited().concurrent(1)),
          time,
          new Random(1));
  private final RequestGate gate = new RequestGate(server, governor, time);

  private static ApiRequest request(String caller) {
    return new ApiRequest(
        ApiRequest.Purpose.DIRECT, caller, "/api/v1/pods", "application/json", MINUTE);
  }

  private CompletableFuture<ApiResponse> send(String caller) {
    return CompletableFuture.supplyAsync(() -> gate.send(request(caller)));
  }

  /** Sends so many, each answered well, so that there are retries to be had. */
  private void earnRetries() throws Exception {
    for (int i = 0; i < 10; i++) {
      var sent = send("any");
      server.nextRequest().answer(200).end();
      sent.get().close();
    }
  }

  @Test
  void aRequestThatTheServerHasNoRoomForIsSentAgainAfterThePause() throws Exception {
    earnRetries();
    var sent = send("any");
    server.nextRequest().answer(429, COME_AGAIN).end();
    Patience.await(() -> time.awaited().stream().anyMatch(wait -> wait.toMillis() >= 1_999));
    assertThat(server.hasUnseenRequests()).isFalse();
    time.advance(Duration.ofSeconds(3));
    var again = server.nextRequest();
    assertThat(again.request().answerWithin()).isEqualTo(Duration.ofSeconds(57));
    again.answer(200).end();
    assertThat(sent.get().status()).isEqualTo(200);
  }

  @Test
  void withoutRetriesLeftTheRefusalIsTheAnswer() throws Exception {
    var sent = send("any");
    server.nextRequest().answer(429, COME_AGAIN).end();
    assertThat(sent.get().status()).isEqualTo(429);
    assertThat(sent.get().header("Retry-After")).contains("2");
  }

  @Test
  void thePlaceOfARequestIsFreeWhenItsBodyHasComeToItsEnd() throws Exception {
    var first = send("slow");
    server.nextRequest().answer(200).push("{}").end();
    ApiResponse response = first.get();
    var second = send("slow");
    Patience.await(() -> governor.uses().stream().anyMatch(use -> use.waiting() == 1));
    assertThat(response.next(MINUTE, chunk -> {})).isTrue();
    assertThat(second).isNotDone();
    assertThat(response.next(MINUTE, chunk -> {})).isFalse();
    server.nextRequest().answer(200).end();
    second.get().close();
  }

  @Test
  void thePlaceOfARequestIsFreeWhenItsConnectionFails() throws Exception {
    for (int i = 0; i < 3; i++) {
      var sent = send("slow");
      server.nextRequest().refuse();
      assertThatThrownBy(sent::get).hasMessageContaining("connection refused");
    }
    assertThat(governor.signs().unanswered()).isEqualTo(3);
    assertThat(governor.signs().inFlight()).isZero();
  }

  @Test
  void whoWaitsForTheBudgetBeyondItsTimeIsNotSentAtAll() throws Exception {
    var first = send("slow");
    server.nextRequest().answer(200);
    first.get();
    var second = send("slow");
    Patience.await(() -> governor.uses().stream().anyMatch(use -> use.waiting() == 1));
    time.advance(MINUTE);
    assertThatThrownBy(second::get)
        .cause()
        .isInstanceOf(LoadBudgetExceededException.class)
        .hasMessageContaining("1 requests at a time");
    assertThat(server.hasUnseenRequests()).isFalse();
  }

  @Test
  void everyCallerHasItsAccount() throws Exception {
    var sent = send("quota");
    server.nextRequest().answer(200).push("12345").end();
    try (ApiResponse response = sent.get()) {
      while (response.next(MINUTE, chunk -> {})) {}
    }
    gate.accounts(
        (caller, requests, bytes) -> {
          assertThat(caller).isEqualTo("quota");
          assertThat(requests).isEqualTo(1);
          assertThat(bytes).isEqualTo(5);
        });
  }
}
