package dev.freshet;

import static dev.freshet.Consistency.atLeast;
import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.exactly;
import static dev.freshet.Consistency.strong;
import static dev.freshet.Consistency.within;
import static dev.freshet.scripted.Wire.added;
import static dev.freshet.scripted.Wire.deleted;
import static dev.freshet.scripted.Wire.list;
import static dev.freshet.scripted.Wire.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.CacheBehindException;
import dev.freshet.error.CacheNotSyncedException;
import dev.freshet.error.FenceException;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.object.ResourceVersion;
import dev.freshet.scripted.Patience;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.scripted.Wire;
import dev.freshet.session.TokenFloors;
import dev.freshet.transport.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** States that are pinned once and read many times. */
class PinTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Model<String> PODS = new JsonModel(Wire.PODS);
  private static final Model<String> EVENTS = new JsonModel(Wire.EVENTS);

  private final ScriptedServer server = new ScriptedServer();
  private final VirtualTime time = new VirtualTime();
  private final Cluster cluster =
      Cluster.open(
          server,
          ClusterOptions.defaults()
              .caller("test")
              .time(time)
              .readWithin(HOUR)
              .cache(
                  CacheDeclaration.of(Wire.PODS)
                      .auditEvery(Duration.ZERO)
                      .touching("ns", "sentinel")));
  private final Reads<String> pods = cluster.reads(PODS);

  @AfterEach
  void close() {
    cluster.close();
  }

  private ScriptedServer.Exchange syncAtTen() throws Exception {
    server.answerList(list(10, pod("a", 5)));
    ScriptedServer.Exchange watch = server.acceptWatch();
    cluster.awaitSynced(HOUR);
    return watch;
  }

  @Test
  void allReadsOfAPinnedStateAreOfOneMoment() throws Exception {
    var watch = syncAtTen();
    SnapshotReads<String> then = pods.pin(cached());
    watch.deliver(added(pod("b", 11)) + deleted(pod("a", 12)));
    assertThat(then.list().rows()).extracting(Row::name).containsExactly("a");
    assertThat(then.get("ns", "b").row()).isEmpty();
    assertThat(then.list().provenance().route()).isEqualTo(Route.SNAPSHOT);
    assertThat(then.list().resourceVersion().text()).isEqualTo("10");
    assertThat(pods.pin(cached()).list().rows()).extracting(Row::name).containsExactly("b");
    assertThat(server.hasUnseenRequests()).isFalse();
  }

  @Test
  void aStrongStateIsPinnedBehindAFenceAndNeverByAList() throws Exception {
    var watch = syncAtTen();
    var pinned = CompletableFuture.supplyAsync(() -> pods.fence(Fence.PROBE).pin(strong()));
    server.answerProbe(11);
    assertThat(pinned).isNotDone();
    watch.deliver(added(pod("b", 11)));
    assertThat(pinned.get().list()).hasSize(2);
    assertThat(pinned.get().provenance().route()).isEqualTo(Route.PROBE);
    assertThat(pinned.get().provenance().requests().sent()).isEqualTo(1);
    assertThat(pinned.get().list().provenance().requests().sent()).isZero();
  }

  @Test
  void aListFromTheServerIsNoFence() throws Exception {
    syncAtTen();
    assertThatThrownBy(() -> pods.fence(Fence.DIRECT).pin(strong()))
        .isInstanceOf(UnsupportedReadException.class)
        .hasMessageContaining("no fence");
  }

  @Test
  void aFenceThatIsInVainIsFollowedByTheCheapestThen() throws Exception {
    syncAtTen();
    var pinned = CompletableFuture.supplyAsync(() -> pods.pin(strong()));
    var touch = server.nextRequest();
    assertThat(touch.request().purpose()).isEqualTo(ApiRequest.Purpose.TOUCH);
    touch.answer(403).push("{\"kind\":\"Status\",\"reason\":\"Forbidden\"}").end();
    server.answerProbe(10);
    assertThat(pinned.get().provenance().route()).isIn(Route.PROBE, Route.BOOKMARK);
  }

  @Test
  void aFenceThatIsInVainIsFollowedByAnotherEvenWhereItIsStillTheCheapest() throws Exception {
    syncAtTen();
    var pinned = CompletableFuture.supplyAsync(() -> pods.pin(strong()));
    var touch = server.nextRequest();
    assertThat(touch.request().purpose()).isEqualTo(ApiRequest.Purpose.TOUCH);
    touch.refuse();
    server.answerProbe(10);
    assertThat(pinned.get().provenance().route()).isIn(Route.PROBE, Route.BOOKMARK);
    assertThat(pinned.get().provenance().why()).contains("so another fence");
  }

  @Test
  void aFenceInVainFails() throws Exception {
    syncAtTen();
    var pinned = CompletableFuture.supplyAsync(() -> pods.fence(Fence.PROBE).pin(strong()));
    server.nextRequest().refuse();
    assertThatThrownBy(pinned::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(FenceException.class)
        .hasMessageContaining("the probe broke off");
  }

  @Test
  void aStateOfAKnownAgeNeedsNoFence() throws Exception {
    syncAtTen();
    time.advance(Duration.ofSeconds(2));
    assertThat(pods.pin(within(Duration.ofSeconds(5))).provenance().route())
        .isEqualTo(Route.CACHED);
  }

  @Test
  void inASessionItShowsWhatTheSessionHasSeen() throws Exception {
    var watch = syncAtTen();
    Session session = cluster.session();
    session.saw(Wire.PODS, "ns", new ResourceVersion("12"));
    var pinned = CompletableFuture.supplyAsync(() -> session.reads(PODS).pin(cached()));
    watch.deliver(added(pod("b", 11)));
    assertThat(pinned).isNotDone();
    watch.deliver(added(pod("c", 12)));
    assertThat(pinned.get().list()).hasSize(3);
  }

  @Test
  void aWriteOfTheSessionThatIsUnderWayIsWaitedForAndShown() throws Exception {
    var watch = syncAtTen();
    Session session = cluster.session();
    ObservedRequest write = session.sending("POST", "/api/v1/namespaces/ns/pods", "", "{}");
    var pinned = CompletableFuture.supplyAsync(() -> session.reads(PODS).pin(cached()));
    Patience.await(() -> !time.awaited().isEmpty());
    write.answered(201, pod("b", 12).getBytes(StandardCharsets.UTF_8));
    watch.deliver(added(pod("b", 12)));
    assertThat(pinned.get().list()).hasSize(2);
  }

  @Test
  void whatWasSeenElsewhereIsNotShownInVain() throws Exception {
    syncAtTen();
    Session session = cluster.session();
    session.saw(Wire.PODS, "ns", new ResourceVersion("12"));
    var pinned =
        CompletableFuture.supplyAsync(
            () -> session.reads(PODS).within(Duration.ofSeconds(1)).pin(cached()));
    Patience.await(
        () -> {
          time.advance(Duration.ofMillis(10));
          return pinned.isDone();
        });
    assertThatThrownBy(pinned::get).cause().isInstanceOf(CacheBehindException.class);
  }

  @Test
  void aStateOfOneNamespaceIsNeverReadAsEmptyInAnother() throws Exception {
    syncAtTen();
    SnapshotReads<String> one = pods.inNamespace("ns").pin(cached());
    assertThat(one.list()).hasSize(1);
    assertThatThrownBy(() -> one.inNamespace("other"))
        .isInstanceOf(UnsupportedReadException.class)
        .hasMessageContaining("the state is of pods in");
  }

  @Test
  void whatNoCacheHoldsIsRefused() throws Exception {
    syncAtTen();
    assertThatThrownBy(() -> cluster.reads(EVENTS).pin(strong()))
        .isInstanceOf(UnsupportedReadException.class)
        .hasMessageContaining("no cache of events");
  }

  @Test
  void beforeTheFirstListThereIsNoState() {
    assertThatThrownBy(() -> pods.pin(strong())).isInstanceOf(CacheNotSyncedException.class);
  }

  @Test
  void anExactStateIsNotPinned() throws Exception {
    syncAtTen();
    Token token = new Token(new TokenFloors("uid:me", new TreeMap<>(), false));
    assertThatThrownBy(() -> pods.pin(exactly(token)))
        .isInstanceOf(UnsupportedReadException.class)
        .hasMessageContaining("cannot be pinned");
  }

  @Test
  void aForeignTokenCannotBeShownByACache() throws Exception {
    syncAtTen();
    Token token = new Token(new TokenFloors("uid:other", new TreeMap<>(), false));
    var pinned = CompletableFuture.supplyAsync(() -> pods.pin(atLeast(token)));
    server.answerList(list(40, pod("kube-system", 1)));
    assertThatThrownBy(pinned::get)
        .cause()
        .isInstanceOf(UnsupportedReadException.class)
        .hasMessageContaining("another cluster");
  }
}
