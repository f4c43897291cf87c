package dev.freshet.govern;

import static dev.freshet.scripted.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.freshet.error.LoadBudgetExceededException;
import dev.freshet.load.Budget;
import dev.freshet.load.BudgetUse;
import dev.freshet.load.LoadOptions;
import dev.freshet.load.Priority;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.time.Deadline;
import dev.freshet.transport.ApiRequest;
import dev.freshet.transport.ApiRequest.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is allowed when, by clocks that the test moves. */
class GovernorTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Budget ONE_A_SECOND = Budget.unlimited().requestsPerSecond(1).burst(SECOND);
  private static final Budget ONE_AT_A_TIME = Budget.unlimited().concurrent(1);

  private final VirtualTime time = new VirtualTime();

  @AfterEach
  void whoStillWaitsGivesUp() {
    time.advance(Duration.ofHours(1));
  }

  private Governor governor(LoadOptions options) {
    return new Governor(options, time, new Random(1));
  }

  private static LoadOptions unlimited() {
    return new LoadOptions(Budget.unlimited(), Budget.unlimited(), Map.of(), Map.of());
  }

  private static ApiRequest request(Purpose purpose, String caller) {
    return new ApiRequest(purpose, caller, "/api/v1/pods", "application/json", MINUTE);
  }

  private Permit direct(Governor governor, String caller) {
    return governor.admit(request(Purpose.DIRECT, caller), false, Deadline.in(MINUTE, time));
  }

  private CompletableFuture<Permit> begin(Governor governor, String caller) {
    int before = time.awaited().size();
    var permit = new CompletableFuture<Permit>();
    Thread.startVirtualThread(
        () -> {
          try {
            permit.complete(direct(governor, caller));
          } catch (RuntimeException e) {
            permit.completeExceptionally(e);
          }
        });
    // A clock that moves before somebody waits for it moves without them.
    await(() -> permit.isDone() || time.awaited().size() > before);
    return permit;
  }

  private static int waiting(Governor governor) {
    return governor.uses().stream().mapToInt(BudgetUse::waiting).sum();
  }

  private static BudgetUse use(Governor governor, String caller) {
    return governor.uses().stream()
        .filter(use -> use.caller().equals(caller))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsWithinTheBudgetGoesAtOnce() {
    Governor governor = governor(unlimited().eachCaller(ONE_A_SECOND.burst(Duration.ofSeconds(3))));
    for (int i = 0; i < 3; i++) {
      direct(governor, "quota").close();
    }
    assertThat(use(governor, "quota").requests()).isEqualTo(3);
    assertThat(use(governor, "quota").waited()).isZero();
  }

  @Test
  void whatIsBeyondTheRateWaitsForItsTime() throws Exception {
    Governor governor = governor(unlimited().eachCaller(ONE_A_SECOND));
    direct(governor, "quota").close();
    var next = begin(governor, "quota");
    time.advance(Duration.ofMillis(990));
    assertThat(next).isNotDone();
    time.advance(Duration.ofMillis(10));
    next.get().close();
    assertThat(use(governor, "quota").waited()).isEqualTo(SECOND);
  }

  @Test
  void whatIsNotAllowedInTimeFailsAndSaysWhenItWouldHaveBeen() throws Exception {
    Governor governor =
        governor(unlimited().eachCaller(ONE_A_SECOND.requestsPerSecond(0.01).burst(MINUTE)));
    direct(governor, "quota").close();
    var next = begin(governor, "quota");
    time.advance(MINUTE);
    var failed = catchThrowableOfType(ExecutionException.class, next::get);
    assertThat(failed.getCause())
        .isInstanceOfSatisfying(
            LoadBudgetExceededException.class,
            exceeded -> {
              assertThat(exceeded.caller()).isEqualTo("quota");
              assertThat(exceeded.budget()).contains("0.01 requests/s");
              assertThat(exceeded.allowedIn()).contains(Duration.ofSeconds(40));
            });
    assertThat(use(governor, "quota").overBudget()).isEqualTo(1);
    assertThat(use(governor, "quota").requests()).isEqualTo(1);
    assertThat(waiting(governor)).isZero();
  }

  @Test
  void aCallerThatHasUsedUpItsBudgetHoldsNobodyElseBack() {
    Governor governor = governor(unlimited().caller("greedy", ONE_A_SECOND));
    direct(governor, "greedy").close();
    var greedy = begin(governor, "greedy");
    direct(governor, "modest").close();
    assertThat(greedy).isNotDone();
  }

  @Test
  void whoHasPriorityGoesFirstAndOfEqualsWhoCameFirst() throws Exception {
    Governor governor =
        governor(
            unlimited()
                .client(ONE_AT_A_TIME)
                .priority("dashboard", Priority.LOW)
                .priority("webhook", Priority.CRITICAL));
    Permit running = direct(governor, "any");
    List<String> order = new ArrayList<>();
    List<CompletableFuture<Permit>> all = new ArrayList<>();
    for (String caller : List.of("dashboard", "first", "second", "webhook")) {
      all.add(begin(governor, caller));
    }
    Permit last = running;
    for (int i = 0; i < all.size(); i++) {
      last.close();
      await(() -> all.stream().filter(CompletableFuture::isDone).count() == order.size() + 1L);
      for (int j = 0; j < all.size(); j++) {
        String caller = List.of("dashboard", "first", "second", "webhook").get(j);
        if (all.get(j).isDone() && !order.contains(caller)) {
          order.add(caller);
          last = all.get(j).get();
        }
      }
    }
    assertThat(order).containsExactly("webhook", "first", "second", "dashboard");
  }

  @Test
  void aWatchHoldsItsPlaceUntilItHasBegunAndOthersUntilTheirEnd() throws Exception {
    Governor governor = governor(unlimited().client(ONE_AT_A_TIME));
    Permit watch = governor.admit(request(Purpose.WATCH, "any"), false, Deadline.in(MINUTE, time));
    var next = begin(governor, "any");
    assertThat(next).isNotDone();
    watch.answered(200, Optional.empty());
    Permit list = next.get();
    list.answered(200, Optional.empty());
    var third = begin(governor, "any");
    assertThat(third).isNotDone();
    list.close();
    list.close();
    third.get();
    var fourth = begin(governor, "any");
    assertThat(fourth).isNotDone();
    watch.close();
    assertThat(fourth).isNotDone();
  }

  @Test
  void whoHasOverdrawnItsBytesWaitsUntilThatIsMadeUpFor() throws Exception {
    Governor governor =
        governor(unlimited().eachCaller(Budget.unlimited().bytesPerSecond(1_000).burst(SECOND)));
    Permit list = direct(governor, "quota");
    list.received(3_000);
    list.close();
    var next = begin(governor, "quota");
    time.advance(Duration.ofMillis(1_990));
    assertThat(next).isNotDone();
    time.advance(Duration.ofMillis(20));
    next.get();
  }

  @Test
  void whatFillsACacheIsNotPaidFromTheBytesOfReaders() {
    Governor governor =
        governor(unlimited().client(Budget.unlimited().bytesPerSecond(1_000).burst(SECOND)));
    Permit list = governor.admit(request(Purpose.SYNC, "any"), false, Deadline.in(MINUTE, time));
    list.received(1_000_000);
    list.close();
    direct(governor, "any").close();
    assertThat(use(governor, "any").bytes()).isEqualTo(1_000_000);
  }

  @Test
  void aServerThatAsksToBeLeftAloneIsAndALittleLonger() throws Exception {
    Governor governor = governor(unlimited());
    Permit refused = direct(governor, "any");
    refused.answered(429, Optional.of(Pause.LONGEST_FOR_ALL));
    refused.close();
    var next = begin(governor, "other");
    time.advance(Pause.LONGEST_FOR_ALL.minusMillis(1));
    assertThat(next).isNotDone();
    Duration pause = governor.signs().pause();
    assertThat(pause).isBetween(Duration.ofMillis(1), Duration.ofMillis(1_001));
    time.advance(pause);
    next.get();
    assertThat(governor.signs().refused()).isEqualTo(1);
  }

  @Test
  void aRefusalWhileOthersHaveRoomMakesFewerOfThemAndStopsNobody() throws Exception {
    Governor governor = governor(unlimited());
    Permit running = direct(governor, "any");
    Permit refused = direct(governor, "any");
    refused.answered(429, Optional.of(Duration.ofSeconds(32)));
    refused.close();
    var next = begin(governor, "other");
    assertThat(next).isNotDone();
    running.answered(200, Optional.empty());
    running.close();
    next.get();
    assertThat(governor.signs().pause()).isZero();
  }

  @Test
  void aServerThatWasOverfilledByOthersIsTriedAgainSoon() throws Exception {
    Governor governor = governor(unlimited());
    Permit refused = direct(governor, "any");
    refused.answered(429, Optional.of(Duration.ofSeconds(32)));
    refused.close();
    var next = begin(governor, "other");
    time.advance(Duration.ofSeconds(3));
    next.get();
  }

  @Test
  void aRefusedRequestWaitsForAllThatTheServerAskedFor() throws Exception {
    Governor governor = governor(unlimited());
    saveRetries(governor);
    Permit refused = direct(governor, "any");
    assertThat(refused.answered(429, Optional.of(Duration.ofSeconds(32)))).isTrue();
    refused.close();
    var again = CompletableFuture.runAsync(refused::awaitAgain);
    await(() -> time.awaited().stream().anyMatch(wait -> wait.toSeconds() >= 31));
    time.advance(Duration.ofMillis(31_999));
    assertThat(again).isNotDone();
    time.advance(Duration.ofSeconds(17));
    again.get();
  }

  @Test
  void aRefusedRequestWithoutTheTimeToWaitIsNotSentAgain() {
    Governor governor = governor(unlimited());
    saveRetries(governor);
    Permit refused =
        governor.admit(request(Purpose.DIRECT, "any"), false, Deadline.in(SECOND, time));
    assertThat(refused.answered(429, Optional.of(SECOND))).isFalse();
  }

  private void saveRetries(Governor governor) {
    for (int i = 0; i < 20; i++) {
      Permit permit = direct(governor, "any");
      permit.answered(200, Optional.empty());
      permit.close();
    }
  }

  @Test
  void aServerThatRefusesGetsFewerAtATime() {
    Governor governor = governor(unlimited());
    int before = governor.signs().room();
    Permit refused = direct(governor, "any");
    refused.answered(429, Optional.of(SECOND));
    refused.close();
    assertThat(governor.signs().room()).isLessThan(before);
  }

  @Test
  void anEleventhOfWhatIsSentMayBeSentAgainAndNoMore() {
    Governor governor = governor(unlimited());
    int sent = 0;
    int wanted = 1_000;
    for (int i = 0; i < wanted; i++) {
      boolean again = false;
      do {
        time.advance(MINUTE);
        Permit permit =
            governor.admit(request(Purpose.DIRECT, "any"), again, Deadline.in(MINUTE, time));
        sent++;
        // Every second answer is a refusal.
        again = permit.answered(sent % 2 == 0 ? 429 : 200, Optional.of(SECOND));
        permit.close();
      } while (again);
    }
    assertThat(sent).isBetween(wanted + wanted / 20, wanted + wanted / 10);
    assertThat(use(governor, "any").retries()).isEqualTo(sent - wanted);
  }

  @Test
  void aWriteIsSentAgainOnlyWhereItIsCertainThatNothingWasDone() {
    Governor governor = governor(unlimited());
    saveRetries(governor);
    var touch = request(Purpose.TOUCH, "any");
    Permit first = governor.admit(touch, false, Deadline.in(MINUTE, time));
    assertThat(first.answered(503, Optional.of(SECOND))).isFalse();
    first.close();
    time.advance(MINUTE);
    Permit second = governor.admit(touch, false, Deadline.in(MINUTE, time));
    assertThat(second.answered(429, Optional.of(SECOND))).isTrue();
  }

  @Test
  void whoWaitedForAPlaceThenWaitsForTheRateAndNoLonger() throws Exception {
    Governor governor = governor(unlimited().eachCaller(ONE_A_SECOND.concurrent(1)));
    Permit running = direct(governor, "quota");
    var next = begin(governor, "quota");
    time.advance(Duration.ofMillis(500));
    running.close();
    await(() -> time.awaited().contains(Duration.ofMillis(500)));
    assertThat(next).isNotDone();
    time.advance(Duration.ofMillis(500));
    next.get();
  }

  @Test
  void aBudgetThatIsRaisedLetsThoseGoWhoWait() throws Exception {
    Governor governor = governor(unlimited().caller("quota", ONE_A_SECOND));
    direct(governor, "quota").close();
    var next = begin(governor, "quota");
    governor.limit("quota", ONE_A_SECOND.requestsPerSecond(100));
    next.get();
    assertThat(use(governor, "quota").budget().requestsPerSecond()).isEqualTo(100);
  }

  @Test
  void whoIsInterruptedWaitsNoLongerAndLeavesNothingBehind() throws Exception {
    Governor governor = governor(unlimited().client(ONE_AT_A_TIME));
    Permit running = direct(governor, "any");
    var failed = new CompletableFuture<Throwable>();
    Thread waiter =
        Thread.startVirtualThread(
            () -> {
              try {
                direct(governor, "any");
              } catch (RuntimeException e) {
                failed.complete(e);
              }
            });
    await(() -> waiting(governor) == 1);
    waiter.interrupt();
    assertThat(failed.get()).isInstanceOf(LoadBudgetExceededException.class);
    running.close();
    direct(governor, "any").close();
    assertThat(use(governor, "any").inFlight()).isZero();
  }

  @Test
  void manyWhoWaitAllGoInTheirTime() throws Exception {
    Governor governor = governor(unlimited().client(ONE_A_SECOND.requestsPerSecond(10)));
    List<CompletableFuture<Permit>> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(begin(governor, "caller-" + i % 7));
    }
    long went = all.stream().filter(CompletableFuture::isDone).count();
    assertThat(went).isEqualTo(10);
    for (int second = 1; second <= 5; second++) {
      await(() -> time.awaited().stream().anyMatch(wait -> wait.compareTo(SECOND) < 0));
      time.advance(SECOND);
      long due = 10L + 10L * second;
      await(() -> all.stream().filter(CompletableFuture::isDone).count() >= due);
      assertThat(all.stream().filter(CompletableFuture::isDone).count()).isEqualTo(due);
    }
  }

  @Test
  void budgetsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> Budget.unlimited().requestsPerSecond(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positive");
    assertThatThrownBy(() -> Budget.unlimited().requestsPerSecond(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Budget.unlimited().concurrent(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Budget.unlimited().bytesPerSecond(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Budget.unlimited().burst(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
