package dev.freshet.testkit.judge;

import static dev.freshet.testkit.judge.Scene.ALL;
import static dev.freshet.testkit.judge.Scene.CALLER;
import static dev.freshet.testkit.judge.Scene.answer;
import static dev.freshet.testkit.judge.Scene.item;
import static dev.freshet.testkit.judge.Scene.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.Caller;
import dev.freshet.testkit.history.Item;
import dev.freshet.testkit.history.Level;
import dev.freshet.testkit.history.Minted;
import dev.freshet.testkit.history.Outcome;
import dev.freshet.testkit.history.Route;
import dev.freshet.testkit.history.Watched;
import dev.freshet.testkit.history.Watched.Kind;
import dev.freshet.testkit.history.Write;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final Caller OTHER = new Caller("other", "other session", "other cache");
  private static final Level STRONG = new Level.Strong();
  private static final Level CACHED = new Level.Cached();
  private static final Level SESSION = new Level.ReadYourWrites();

  @Test
  void theTextNamesTheReadItsVersionAndTheKeysThatDiffer() {
    Verdict verdict =
        new Scene()
            .put(11, "a/p")
            .put(12, "b/p")
            .put(13, "a/p")
            .read(CACHED, 13, 50_000, 60_000, item("a/p", 11), item("c/p", 9))
            .verdict();

    assertThat(verdict.toString())
        .contains("1 reads and 0 writes judged", "violations: R1 1")
        .contains("read #0 by client (session) of pods", "asOf 13", "expected 2 objects, got 2")
        .contains("a/p differs: expected uid uid of a/p rv 13 tag t13, got uid uid of a/p rv 11")
        .contains("b/p is missing", "c/p is too much", "no version at all");
    assertThat(verdict.violations().getFirst().operations()).hasSize(1);
  }

  @Test
  void theTextSaysOfWhichVersionsAnAnswerWouldHaveBeenRight() {
    Verdict verdict =
        new Scene().put(11, "a/p").put(14, "a/p").read(CACHED, 14, 5, 6, item("a/p", 11)).verdict();

    assertThat(verdict.toString()).contains("the answer is the state of rv 11 to 13");
  }

  @Test
  void anObjectThatIsThereTwiceIsAViolation() {
    assertThat(
            new Scene()
                .put(11, "a/p")
                .read(CACHED, 11, 5, 6, item("a/p", 11), item("a/p", 11))
                .verdict()
                .toString())
        .contains("a/p is there twice");
  }

  @Test
  void otherFieldsThanInEtcdAreAViolation() {
    var wrong = new Item("a/p", "uid of a/p", 11, "t11", 77);

    assertThat(new Scene().put(11, "a/p").read(CACHED, 11, 5, 6, wrong).verdict().toString())
        .contains("a/p at rv 11 has other fields than in etcd");
  }

  @Test
  void anAnswerFromBeforeTheRefereeIsAViolation() {
    assertThat(new Scene().put(11, "a/p").read(CACHED, 9, 5, 6).verdict().broke(Rule.SNAPSHOT))
        .isTrue();
  }

  @Test
  void aVersionBetweenEventsIsTheStateOfTheLastOne() {
    assertThat(
            new Scene()
                .put(11, "a/p")
                .put(20, "a/p")
                .read(CACHED, 19, 5, 6, item("a/p", 11))
                .verdict()
                .accepted())
        .isTrue();
  }

  @Test
  void aWriteThatEndedAtTheMomentAReadBeganIsConcurrentWithIt() {
    var scene = new Scene().put(11, "a/p").wrote(11, "a/p", 1, 5);

    assertThat(scene.read(STRONG, 10, 5, 6).verdict().accepted()).isTrue();
    assertThat(scene.read(STRONG, 10, 6, 7).verdict().broke(Rule.FRESH)).isTrue();
  }

  @Test
  void whatTheRefereeHadSeenWasCommitted() {
    assertThat(
            new Scene()
                .event(11, "pods", "a/p", false, 4)
                .read(STRONG, 10, 5, 6)
                .verdict()
                .toString())
        .contains("the referee had seen rv 11");
  }

  @Test
  void aLaterVersionOfAnotherKindProvesThatAnEarlierOneWasCommitted() {
    assertThat(
            new Scene()
                .put(11, "a/p")
                .event(12, "nodes", "n", false, 4)
                .read(STRONG, 10, 5, 6)
                .verdict()
                .broke(Rule.FRESH))
        .isTrue();
  }

  @Test
  void aStrongReadOfOneNamespaceIsPromisedNothingOfAnother() {
    var scene = new Scene().put(11, "a/p").wrote(11, "a/p", 1, 2);
    var answer = answer(10, Route.PROBE, 1);

    assertThat(scene.read(CALLER, ALL.inNamespace("b"), STRONG, answer, 5, 6).verdict().accepted())
        .isTrue();
    assertThat(scene.read(CALLER, ALL.inNamespace("a"), STRONG, answer, 5, 6).verdict().counts())
        .containsOnlyKeys(Rule.FRESH);
  }

  @Test
  void anAnswerThatSaysItIsNotSatisfiedIsNotJudgedByItsLevel() {
    var stale =
        new Answer(
            10, Route.CACHED, 0, Answer.UNKNOWN, false, 0, 1, answer(10, Route.CACHED, 0).items());

    assertThat(
            new Scene()
                .put(11, "a/p")
                .wrote(11, "a/p", 1, 2)
                .read(CALLER, ALL, STRONG, stale, 5, 6)
                .verdict()
                .accepted())
        .isTrue();
  }

  @Test
  void aSessionThatSawOneNamespaceIsPromisedNothingOfAnother() {
    var scene =
        new Scene()
            .put(11, "b/p")
            .put(12, "a/p")
            .wrote(12, "a/p", 1, 2)
            .read(CALLER, ALL.inNamespace("b"), SESSION, answer(10, Route.CACHED, 0), 5, 6);

    assertThat(scene.verdict().accepted()).isTrue();
    assertThat(
            scene
                .read(CALLER, ALL.inNamespace("a"), SESSION, answer(11, Route.CACHED, 0), 7, 8)
                .verdict()
                .toString())
        .contains("lacks a/p at rv 12", "its session had come to rv 12");
  }

  @Test
  void aWriteOfUnknownOutcomeIsNotInItsSessionsFloor() {
    assertThat(
            new Scene()
                .put(11, "a/p")
                .write("a/p", Write.Verb.PUT, "t11", new Outcome.Unknown("reset"), 1, 2)
                .read(SESSION, 10, 5, 6)
                .verdict()
                .accepted())
        .isTrue();
  }

  @Test
  void anAdoptedTokenRaisesTheFloorOfItsNewSession() {
    assertThat(
            new Scene()
                .put(11, "a/p")
                .wrote(11, "a/p", 1, 2)
                .minted(CALLER, "token", new Minted.OfSession(), 3)
                .adopted(OTHER, "token", 4)
                .read(OTHER, ALL, SESSION, answer(10, Route.CACHED, 0), 5, 6)
                .verdict()
                .broke(Rule.FRESH))
        .isTrue();
  }

  @Test
  void aMergedTokenStandsForAllItsParts() {
    assertThat(
            new Scene()
                .put(11, "a/p")
                .minted(OTHER, "one", new Minted.OfVersion("pods", 11), 3)
                .minted(OTHER, "two", new Minted.OfSession(), 3)
                .minted(CALLER, "both", new Minted.Merged(List.of("one", "two")), 4)
                .read(new Level.AtLeast("both"), 10, 5, 6)
                .verdict()
                .toString())
        .contains("the maker of token both had come to rv 11");
  }

  @Test
  void aTokenOwesNothingToWhatItsMakerDidLater() {
    assertThat(
            new Scene()
                .put(11, "a/p")
                .minted(CALLER, "token", new Minted.OfSession(), 1)
                .wrote(11, "a/p", 2, 3)
                .read(new Level.AtLeast("token"), 10, 5, 6)
                .verdict()
                .accepted())
        .isTrue();
  }

  @Test
  void aPutThatChangedNothingIsAStrongReadOfItsObject() {
    var scene = new Scene().put(11, "a/p").wrote(11, "a/p", 1, 2).wrote(11, "a/p", 3, 4);

    assertThat(scene.verdict().accepted()).isTrue();
    assertThat(
            scene.put(12, "a/p").wrote(12, "a/p", 5, 6).wrote(11, "a/p", 7, 8).verdict().toString())
        .contains("changed nothing and was answered with rv 11, but a/p at rv 12");
  }

  @Test
  void onlyWithoutStrangersADeletionMustBeSomebodysWrite() {
    var scene =
        new Scene()
            .put(11, "a/p")
            .wrote(11, "a/p", 1, 2)
            .delete(12, "a/p")
            .write("a/p", Write.Verb.DELETE, "", new Outcome.Refused("not found"), 3, 4);

    assertThat(scene.verdict().accepted()).isTrue();
    assertThat(Judge.of(scene.log()).withoutStrangers().check(scene.history()).toString())
        .contains("was refused (not found), but etcd has the deletion of a/p at rv 12")
        .contains("no recorded write made the deletion of a/p");
  }

  @Test
  void twoDeletesOfOneObjectCannotBothBeAcknowledged() {
    var done = new Outcome.Done(Answer.UNKNOWN);

    assertThat(
            new Scene()
                .put(11, "a/p")
                .delete(12, "a/p")
                .write("a/p", Write.Verb.DELETE, "", done, 3, 4)
                .write("a/p", Write.Verb.DELETE, "", done, 3, 5)
                .verdict()
                .toString())
        .contains("deleted this uid only once");
  }

  @Test
  void anAnswerWithoutVersionIsTornWhenEtcdNeverHadItsObjects() {
    assertThat(
            new Scene()
                .put(11, "a/p")
                .put(12, "b/p")
                .put(13, "a/p")
                .read(CACHED, Answer.UNKNOWN, 5, 6, item("a/p", 13))
                .verdict()
                .toString())
        .contains("shows a state that etcd never had");
  }

  @Test
  void anAnswerWithoutVersionIsJudgedAtTheLatestThatItMayBe() {
    var scene =
        new Scene()
            .put(11, "a/p")
            .put(12, "b/p")
            .delete(13, "b/p")
            .put(14, "b/p")
            .wrote(12, "b/p", 1, 2);

    assertThat(scene.read(STRONG, Answer.UNKNOWN, 5, 6, item("a/p", 11)).verdict().accepted())
        .isTrue();
    assertThat(scene.wrote(14, "b/p", 3, 4).verdict().broke(Rule.FRESH)).isTrue();
  }

  @Test
  void aCacheWithoutVersionsMustNotGoBackEither() {
    assertThat(
            new Scene()
                .put(11, "a/p")
                .put(12, "a/p")
                .read(CACHED, Answer.UNKNOWN, 1, 2, item("a/p", 12))
                .read(CACHED, Answer.UNKNOWN, 3, 4, item("a/p", 11))
                .verdict()
                .broke(Rule.MONOTONIC))
        .isTrue();
  }

  @Test
  void anotherCacheMayBeBehind() {
    assertThat(
            new Scene()
                .put(11, "a/p")
                .read(CACHED, 11, 1, 2, item("a/p", 11))
                .read(OTHER, ALL, CACHED, answer(10, Route.CACHED, 0), 3, 4)
                .verdict()
                .accepted())
        .isTrue();
  }

  @Test
  void whatOverlapsARestoreIsExcused() {
    Verdict verdict =
        new Scene()
            .put(11, "a/p")
            .restore(10, 20)
            .read(STRONG, 99, 9, 15)
            .wrote(98, "a/p", 12, 25)
            .verdict();

    assertThat(verdict.accepted()).isTrue();
    assertThat(verdict.excused()).isEqualTo(2);
  }

  @Test
  void afterARestoreEachCacheMayGoOnWithItsOldEpochButNotBeStrong() {
    var scene =
        new Scene()
            .put(11, "a/p")
            .restore(10, 20)
            .put(11, "b/p")
            .read(CALLER, ALL, CACHED, answer(11, Route.CACHED, 1, item("a/p", 11)), 5, 6)
            .read(CALLER, ALL, CACHED, answer(11, Route.CACHED, 1, item("a/p", 11)), 25, 26)
            .read(CALLER, ALL, STRONG, answer(11, Route.PROBE, 2, item("b/p", 11)), 27, 28);

    assertThat(scene.verdict().accepted()).isTrue();
    assertThat(
            scene
                .read(CALLER, ALL, STRONG, answer(11, Route.PROBE, 1, item("a/p", 11)), 29, 30)
                .verdict()
                .toString())
        .contains("is from an epoch that was replaced");
  }

  @Test
  void aNewEpochOfACacheShowsTheNewHistory() {
    assertThat(
            new Scene()
                .put(11, "a/p")
                .restore(10, 20)
                .put(11, "b/p")
                .read(CALLER, ALL, CACHED, answer(11, Route.CACHED, 1, item("a/p", 11)), 5, 6)
                .read(CALLER, ALL, CACHED, answer(11, Route.CACHED, 2, item("a/p", 11)), 25, 26)
                .verdict()
                .broke(Rule.SNAPSHOT))
        .isTrue();
  }

  @Test
  void whatIsRestoredHasItsPastWithIt() {
    var scene =
        new Scene().put(11, "a/p").put(12, "a/p").put(13, "a/p").restore(10, 20, 12).put(13, "b/p");

    assertThat(
            scene
                .read(CALLER, ALL, CACHED, answer(11, Route.EXACT, 0, item("a/p", 11)), 25, 26)
                .verdict()
                .accepted())
        .isTrue();
    assertThat(
            scene
                .read(CALLER, ALL, CACHED, answer(11, Route.EXACT, 0, item("a/p", 12)), 27, 28)
                .verdict()
                .broke(Rule.SNAPSHOT))
        .isTrue();
  }

  @Test
  void aStrongAnswerOfTheServerFromBeforeTheRestoreIsStale() {
    assertThat(
            new Scene()
                .put(11, "a/p")
                .put(12, "a/p")
                .restore(10, 20, 12)
                .read(CALLER, ALL, STRONG, answer(11, Route.DIRECT, 0, item("a/p", 11)), 25, 26)
                .verdict()
                .accepted())
        .isFalse();
  }

  @Test
  void aStreamThatConflatesMaySkipStatesOfAnObject() {
    var scene = new Scene().put(11, "a/p").put(12, "a/p").put(13, "b/p");

    assertThat(
            scene.stream(
                    true,
                    told(Kind.ADDED, "b/p", 13),
                    told(Kind.ADDED, "a/p", 12),
                    Watched.Delivery.bookmark(13))
                .verdict()
                .accepted())
        .isTrue();
    assertThat(
            scene.stream(false, told(Kind.ADDED, "a/p", 12), told(Kind.ADDED, "b/p", 13))
                .verdict()
                .counts())
        .containsKey(Rule.RELIABLE);
  }

  @Test
  void aStreamThatConflatesMustTellTheLastState() {
    assertThat(
            new Scene()
                .put(11, "a/p").delete(12, "a/p").stream(
                        true, told(Kind.ADDED, "a/p", 11), Watched.Delivery.bookmark(12))
                    .verdict()
                    .counts())
        .containsOnlyKeys(Rule.STREAM_END);
  }

  @Test
  void aStreamThatConflatesMustNotBringADeletedObjectBack() {
    assertThat(
            new Scene()
                .put(11, "a/p").delete(12, "a/p").stream(
                        true, told(Kind.DELETED, "a/p", 12), told(Kind.MODIFIED, "a/p", 11))
                    .verdict()
                    .counts())
        .containsOnlyKeys(Rule.KEY_ORDER);
  }

  @Test
  void aStreamTellsOnlyStatesThatThereWere() {
    assertThat(
            new Scene()
                .put(11, "a/p").stream(
                        true,
                        new Watched.Delivery(Kind.ADDED, "a/p", "uid of a/p", 11, "another tag"))
                    .verdict()
                    .counts())
        .containsOnlyKeys(Rule.RELIABLE);
  }
}
