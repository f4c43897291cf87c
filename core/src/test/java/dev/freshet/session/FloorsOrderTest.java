package dev.freshet.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.Namespaces;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a consistent read makes good is decided by what had begun before it. */
class FloorsOrderTest {

  private static final String PODS = "pods";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Floors floors = new Floors();

  private static Floor at(int version) {
    return Floor.at(new ResourceVersion(Integer.toString(version)), 1);
  }

  private Demand demand(String collection, Namespaces in) {
    return floors.demand(collection, in);
  }

  private void delete(String namespace, String name) {
    floors.settledDelete(
        floors.begin(PODS, namespace, true),
        new PendingDelete(new ObjectKey(namespace, name), "uid-" + name),
        at(5));
  }

  @Test
  void aReadBegunBeforeEverythingBecameUnknownMakesNothingGood() {
    floors.raise(PODS, "a", at(5));
    long begun = floors.now();
    floors.markEverythingUnknown();
    for (String collection : List.of(PODS, "nodes")) {
      floors.readConsistently(collection, Namespaces.all(), at(9), begun);
      assertThat(demand(collection, Namespaces.all()).needsServer()).isPresent();
    }
  }

  @Test
  void aReadBegunBeforeTheRestBecameUnknownDoesNotMakeANewKindGood() {
    long begun = floors.now();
    floors.markRestUnknown();
    floors.readConsistently("nodes", Namespaces.all(), at(9), begun);
    assertThat(demand("nodes", Namespaces.all()).needsServer()).isPresent();
  }

  @Test
  void aDeleteThatAConsistentReadMakesGoodLeavesItsVersionAsAFloorInTheDeletesNamespace() {
    delete("a", "x");
    floors.readConsistently(PODS, Namespaces.of("b"), at(30), floors.now());
    Demand after = demand(PODS, Namespaces.of("a"));
    assertThat(after.pendingDeletes()).isZero();
    assertThat(after.wanted(1).text()).isEqualTo("30");
  }

  @Test
  void aReadRaisesNoFloorWhereOnlyALaterDeleteWas() {
    long begun = floors.now();
    delete("a", "x");
    floors.readConsistently(PODS, Namespaces.of("b"), at(30), begun);
    assertThat(demand(PODS, Namespaces.of("a")).wanted(1).text()).isEqualTo("5");
  }

  static List<Consumer<Floors>> uses() {
    return List.of(
        Floors::now,
        Floors::markRestUnknown,
        Floors::markEverythingUnknown,
        floors -> floors.raise(PODS, "a", at(5)),
        floors -> floors.begin(PODS, "a", true),
        floors -> floors.settledWithoutEffect(floors.begin(PODS, "a", true)),
        floors -> floors.demand(PODS, Namespaces.all()),
        floors -> floors.export((collection, namespace, version) -> {}));
  }

  @ParameterizedTest
  @MethodSource("uses")
  void noUseKeepsAnotherThreadWaiting(Consumer<Floors> use) throws Exception {
    use.accept(floors);
    CompletableFuture<Long> other = CompletableFuture.supplyAsync(floors::now);
    assertThat(other.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isPositive();
  }
}
