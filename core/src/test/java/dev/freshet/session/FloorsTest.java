package dev.freshet.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.Namespaces;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FloorsTest {

  private static final String PODS = "pods";

  private final Floors floors = new Floors();

  private static ResourceVersion version(int version) {
    return new ResourceVersion(Integer.toString(version));
  }

  private static Floor at(int version) {
    return Floor.at(version(version), 1);
  }

  private Demand demand(String... in) {
    return floors.demand(PODS, in.length == 0 ? Namespaces.all() : Namespaces.of(in[0], tail(in)));
  }

  private static String[] tail(String[] all) {
    return java.util.Arrays.copyOfRange(all, 1, all.length);
  }

  private static String wanted(Demand demand) {
    return demand.wanted(1).text();
  }

  private static PendingDelete delete(String namespace, String name) {
    return new PendingDelete(new ObjectKey(namespace, name), "uid-" + name);
  }

  @Test
  void theLargestVersionCounts() {
    floors.raise(PODS, "a", at(9));
    floors.raise(PODS, "a", at(12));
    floors.raise(PODS, "a", at(10));
    assertThat(wanted(demand("a"))).isEqualTo("12");
    assertThat(wanted(floors.demand("nodes", Namespaces.all()))).isEmpty();
  }

  @Test
  void aNamespaceIsConcernedByItsOwnFloorAndThatOfAll() {
    floors.raise(PODS, "a", at(12));
    floors.raise(PODS, "", at(5));
    assertThat(wanted(demand("b"))).isEqualTo("5");
    assertThat(wanted(demand("a", "b"))).isEqualTo("12");
    assertThat(wanted(demand())).isEqualTo("12");
  }

  @Test
  void aStreamOfOneNamespaceNeedsOnlyWhatConcernsIt() {
    floors.raise(PODS, "a", at(12));
    floors.raise(PODS, "b", at(20));
    floors.raise(PODS, "", at(5));
    assertThat(demand().wanted(Optional.of("a"), 1).text()).isEqualTo("12");
    assertThat(demand().wanted(Optional.of("c"), 1).text()).isEqualTo("5");
    assertThat(demand().wanted(Optional.empty(), 1).text()).isEqualTo("20");
  }

  @Test
  void aFloorIsVoidInALaterEpochAndOneOfUnknownEpochIsNot() {
    floors.raise(PODS, "a", Floor.at(version(50), 1));
    floors.raise(PODS, "a", Floor.at(version(7)));
    assertThat(demand().wanted(1).text()).isEqualTo("50");
    assertThat(demand().wanted(2).text()).isEqualTo("7");
    floors.raise(PODS, "a", Floor.at(version(9), 2));
    floors.raise(PODS, "a", Floor.at(version(40), 1));
    assertThat(demand().wanted(2).text()).isEqualTo("9");
    assertThat(demand().wanted(3).text()).isEqualTo("7");
  }

  @Test
  void anUnknownOutcomeConcernsItsNamespace() {
    floors.markUnknown(PODS, "a");
    assertThat(demand("a").needsServer()).isPresent();
    assertThat(demand().needsServer()).isPresent();
    assertThat(demand("b").needsServer()).isEmpty();
    assertThat(floors.demand("nodes", Namespaces.all()).needsServer()).isEmpty();
  }

  @Test
  void aConsistentReadMakesGoodWhatWasBeforeItAndNothingElse() {
    floors.markUnknown(PODS, "a");
    long begun = floors.now();
    floors.markUnknown(PODS, "b");
    floors.readConsistently(PODS, Namespaces.of("c"), at(30), begun);
    assertThat(demand("a").needsServer()).isEmpty();
    assertThat(wanted(demand("a"))).isEqualTo("30");
    assertThat(wanted(demand("c"))).isEqualTo("30");
    assertThat(demand("b").needsServer()).isPresent();
    assertThat(wanted(demand("b"))).isEmpty();
  }

  @Test
  void aConsistentReadOfAllNamespacesIsAFloorOfAll() {
    floors.readConsistently(PODS, Namespaces.all(), at(30), floors.now());
    assertThat(wanted(demand("any"))).isEqualTo("30");
  }

  @Test
  void aConsistentReadStandsForDeletesBeforeIt() {
    OpenRequest first = floors.begin(PODS, "a", true);
    floors.settledDelete(first, delete("a", "x"), at(5));
    long begun = floors.now();
    OpenRequest second = floors.begin(PODS, "a", true);
    floors.settledDelete(second, delete("a", "y"), at(6));
    assertThat(demand().pendingDeletes()).isEqualTo(2);
    floors.readConsistently(PODS, Namespaces.of("b"), at(30), begun);
    assertThat(demand().deletes()).containsExactly(delete("a", "y"));
    assertThat(wanted(demand("a"))).isEqualTo("30");
  }

  @Test
  void deletesThatACacheHasShownAreForgotten() {
    floors.settledDelete(floors.begin(PODS, "a", true), delete("a", "x"), at(5));
    Demand met = demand();
    floors.settledDelete(floors.begin(PODS, "a", true), delete("a", "y"), at(5));
    floors.met(PODS, met);
    assertThat(demand().deletes()).containsExactly(delete("a", "y"));
    assertThat(demand("b").pendingDeletes()).isZero();
  }

  @Test
  void aRequestUnderWayIsWaitedForUntilItIsSettled() {
    OpenRequest request = floors.begin(PODS, "a", true);
    Demand before = demand();
    assertThat(before.unanswered()).hasSize(1);
    assertThat(demand("b").unanswered()).isEmpty();
    assertThat(before.answered().unanswered()).isEmpty();
    floors.settledWithoutEffect(request);
    assertThat(before.unanswered().getFirst().getCount()).isZero();
    assertThat(demand().unanswered()).isEmpty();
    assertThat(demand().needsServer()).isEmpty();
  }

  @Test
  void aReadUnderWayIsNotWaitedFor() {
    OpenRequest request = floors.begin(PODS, "a", false);
    assertThat(demand().unanswered()).isEmpty();
    floors.settledAt(request, "a", at(8), false);
    assertThat(wanted(demand())).isEqualTo("8");
  }

  @Test
  void onlyANewVersionMakesEarlierUnknownOutcomesGood() {
    floors.markUnknown(PODS, "a");
    floors.settledAt(floors.begin(PODS, "b", true), "b", at(8), false);
    assertThat(demand("a").needsServer()).isPresent();
    OpenRequest create = floors.begin(PODS, "b", true);
    floors.markUnknown(PODS, "c");
    floors.settledAt(create, "b", at(9), true);
    assertThat(demand("a").needsServer()).isEmpty();
    assertThat(wanted(demand("a"))).isEqualTo("9");
    assertThat(demand("c").needsServer()).isPresent();
  }

  @Test
  void aLostFloorComesDownToTheHeadAndOneRaisedSinceDoesNot() {
    floors.raise(PODS, "a", at(50));
    floors.raise(PODS, "b", at(70));
    floors.raise(PODS, "c", at(20));
    floors.lower(PODS, version(50), at(30));
    assertThat(wanted(demand("a"))).isEqualTo("30");
    assertThat(wanted(demand("b"))).isEqualTo("70");
    assertThat(wanted(demand("c"))).isEqualTo("20");
  }

  @Test
  void tooManyNamespacesBecomeOneFloorForAll() {
    for (int i = 1; i <= CollectionFloors.MAX_NAMESPACES; i++) {
      floors.raise(PODS, "team-" + i, at(i));
    }
    assertThat(wanted(demand("other"))).isEmpty();
    floors.raise(PODS, "one-more", at(1));
    assertThat(wanted(demand("other"))).isEqualTo("" + CollectionFloors.MAX_NAMESPACES);
  }

  @Test
  void tooManyUnknownNamespacesBecomeAll() {
    for (int i = 1; i <= CollectionFloors.MAX_NAMESPACES; i++) {
      floors.markUnknown(PODS, "team-" + i);
    }
    assertThat(demand("other").needsServer()).isEmpty();
    floors.markUnknown(PODS, "one-more");
    assertThat(demand("other").needsServer()).isPresent();
    floors.readConsistently(PODS, Namespaces.all(), at(9), floors.now());
    assertThat(demand().needsServer()).isEmpty();
  }

  @Test
  void beyondTheLimitOneFloorIsKeptAndNoMore() {
    for (int i = 0; i <= CollectionFloors.MAX_NAMESPACES; i++) {
      floors.raise(PODS, "team-" + i, at(i + 1));
      floors.markUnknown("nodes", "team-" + i);
    }
    List<String> shown = new ArrayList<>();
    floors.export(
        (collection, namespace, version) ->
            shown.add(collection + "/" + namespace + "@" + version.text()));
    assertThat(shown)
        .containsExactlyInAnyOrder("pods/@" + (CollectionFloors.MAX_NAMESPACES + 1), "nodes/@");
  }

  @Test
  void tooManyDeletesMakeTheNextReadStrong() {
    for (int i = 0; i < CollectionFloors.MAX_DELETES; i++) {
      floors.settledDelete(floors.begin(PODS, "a", true), delete("a", "x" + i), at(5));
    }
    assertThat(demand().pendingDeletes()).isEqualTo(CollectionFloors.MAX_DELETES);
    assertThat(demand().needsServer()).isEmpty();
    floors.settledDelete(floors.begin(PODS, "a", true), delete("a", "last"), at(5));
    assertThat(demand().needsServer()).isPresent();
    assertThat(demand().pendingDeletes()).isZero();
  }

  @Test
  void tooManyRequestsUnderWayCountAsUnknown() {
    for (int i = 0; i < CollectionFloors.MAX_OPEN; i++) {
      floors.begin(PODS, "a", true);
    }
    assertThat(demand().needsServer()).isEmpty();
    floors.begin(PODS, "b", true);
    assertThat(demand("b").needsServer()).isPresent();
    assertThat(demand().unanswered()).hasSize(CollectionFloors.MAX_OPEN);
  }

  @Test
  void versionsWithoutAnOrderAreRemembered() {
    assertThat(demand().isOpaque()).isFalse();
    floors.markOpaque(PODS);
    assertThat(demand().isOpaque()).isTrue();
  }

  @Test
  void whenNothingIsKnownEveryKindIsReadStronglyOnce() {
    floors.raise(PODS, "a", at(5));
    floors.markEverythingUnknown();
    assertThat(demand("a").needsServer()).isPresent();
    assertThat(floors.demand("nodes", Namespaces.all()).needsServer()).isPresent();
    floors.readConsistently("nodes", Namespaces.all(), at(9), floors.now());
    floors.readConsistently(PODS, Namespaces.all(), at(9), floors.now());
    assertThat(floors.demand("nodes", Namespaces.all()).needsServer()).isEmpty();
    assertThat(demand().needsServer()).isEmpty();
  }

  @Test
  void whatTheRestOfATokenSaysConcernsKindsThatAreNotKnown() {
    floors.raise(PODS, "a", at(5));
    floors.markRestUnknown();
    assertThat(demand("a").needsServer()).isEmpty();
    floors.raise("nodes", "", at(5));
    assertThat(floors.demand("nodes", Namespaces.all()).needsServer()).isPresent();
  }

  @Test
  void aTokenSaysStrongWhereNoVersionSaysEnough() {
    floors.raise(PODS, "a", at(5));
    floors.markUnknown("unknown", "a");
    floors.settledDelete(floors.begin("deleted", "b", true), delete("b", "x"), at(6));
    floors.begin("open", "c", true);
    floors.markOpaque("opaque");
    Map<String, String> shown = new TreeMap<>();
    boolean rest =
        floors.export(
            (collection, namespace, version) ->
                shown.merge(collection + "/" + namespace, version.text(), (one, other) -> other));
    assertThat(rest).isFalse();
    assertThat(shown)
        .containsExactly(
            Map.entry("deleted/b", ""),
            Map.entry("opaque/", ""),
            Map.entry("open/c", ""),
            Map.entry("pods/a", "5"),
            Map.entry("unknown/a", ""));
  }

  @Test
  void aSessionTakesATokensFloors() {
    floors.raise(PODS, "a", at(5));
    floors.markUnknown("jobs.batch", "b");
    TokenFloors token = TokenFloors.of("here", floors);
    Floors other = new Floors();
    token.raise(other);
    assertThat(other.demand(PODS, Namespaces.all()).wanted(9).text()).isEqualTo("5");
    assertThat(other.demand("jobs.batch", Namespaces.of("b")).needsServer()).isPresent();
    assertThat(other.demand("nodes", Namespaces.all()).needsServer()).isEmpty();
    new TokenFloors("here", token.collections(), true).raise(other);
    assertThat(other.demand("nodes", Namespaces.all()).needsServer()).isPresent();
  }
}
