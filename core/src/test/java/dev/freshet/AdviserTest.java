package dev.freshet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.load.Budget;
import dev.freshet.load.BudgetUse;
import dev.freshet.load.Priority;
import dev.freshet.scripted.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said of which accounts. */
class AdviserTest {

  private static ReadAccount reads(
      String level, Route route, long reads, long bytes, ReadAccount.@Nullable Instead instead) {
    return new ReadAccount(
        "quota-webhook",
        Wire.PODS,
        level,
        Optional.of(route),
        reads,
        reads * 100,
        reads,
        0,
        bytes,
        reads,
        Duration.ZERO,
        Optional.ofNullable(instead));
  }

  private static BudgetUse use(long overBudget, long refused) {
    return new BudgetUse(
        "quota-webhook",
        Budget.unlimited().requestsPerSecond(5),
        Priority.NORMAL,
        0,
        0,
        100,
        0,
        0,
        Duration.ZERO,
        overBudget,
        refused);
  }

  private static List<String> said(List<ReadAccount> accounts, BudgetUse... uses) {
    return Adviser.advise(accounts, List.of(uses)).stream().map(Advice::found).toList();
  }

  @Test
  void directListsThatAFenceWouldHaveSavedAreNamedWithBothCosts() {
    var instead = new ReadAccount.Instead(Route.TOUCH, 310, 96_000);
    assertThat(said(List.of(reads("strong", Route.DIRECT, 1_240, 3_100_000_000L, instead))))
        .containsExactly(
            "quota-webhook made 1,240 direct lists of pods, 3.1 GB; strong from the cache would"
                + " have been 310 touches, 96 KB");
  }

  @Test
  void directListsWithoutACacheAreToldToDeclareOne() {
    List<Advice> advice =
        Adviser.advise(List.of(reads("strong", Route.DIRECT, 50, 1_500, null)), List.of());
    assertThat(advice).hasSize(1);
    assertThat(advice.getFirst().toString())
        .isEqualTo(
            "quota-webhook made 50 direct lists of pods, 1.5 KB; no cache is declared that could"
                + " answer them. Declare a cache of pods: a strong read then costs one small"
                + " request, shared by all who read at once.");
  }

  @Test
  void aFewReadsAreNoHabit() {
    assertThat(said(List.of(reads("strong", Route.DIRECT, 9, 1_000_000, null)))).isEmpty();
  }

  @Test
  void readsThatTheCacheAnswersNeedNoAdvice() {
    assertThat(
            said(
                List.of(
                    reads("cached", Route.CACHED, 1_000_000, 0, null),
                    reads("strong", Route.TOUCH, 1_000_000, 500_000, null))))
        .isEmpty();
  }

  @Test
  void aBoundThatIsTooTightIsNamedIfManyReadsMissIt() {
    var cached = reads("within", Route.CACHED, 800, 0, null);
    assertThat(said(List.of(cached, reads("within", Route.PROBE, 50, 0, null)))).isEmpty();
    assertThat(said(List.of(cached, reads("within", Route.PROBE, 200, 0, null))))
        .containsExactly(
            "200 of 1,000 reads of pods within a bound by quota-webhook were not answered by the"
                + " cache alone");
  }

  @Test
  void exactListsThatNoSnapshotCouldAnswerAreNamed() {
    assertThat(said(List.of(reads("exactly", Route.EXACT, 20, 2_000_000, null))))
        .containsExactly(
            "quota-webhook listed pods 20 times at an exact version, 2.0 MB, since no snapshot of"
                + " it was kept");
  }

  @Test
  void aBudgetThatWasTooSmallIsNamedAndSoIsAServerThatRefused() {
    assertThat(said(List.of(), use(3, 0)).getFirst()).startsWith("3 requests of quota-webhook");
    assertThat(said(List.of(), use(0, 7)).getFirst()).contains("no room for 7 requests");
    assertThat(said(List.of(), use(0, 0))).isEmpty();
  }

  @Test
  void theMostExpensiveHabitComesFirst() {
    assertThat(
            said(
                List.of(
                    reads("strong", Route.DIRECT, 10, 1_000, null),
                    reads("at-least", Route.DIRECT, 10, 9_000, null)),
                use(1, 0)))
        .extracting(text -> text.replaceAll(".*, (.*?);.*", "$1"))
        .startsWith("9.0 KB", "1.0 KB");
  }
}
