package dev.freshet;

import static dev.freshet.scripted.Wire.added;
import static dev.freshet.scripted.Wire.bookmark;
import static dev.freshet.scripted.Wire.deleted;
import static dev.freshet.scripted.Wire.expired;
import static dev.freshet.scripted.Wire.list;
import static dev.freshet.scripted.Wire.modified;
import static dev.freshet.scripted.Wire.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ClosedException;
import dev.freshet.error.DeadlineException;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.scripted.Wire;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubscriptionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Model<String> PODS = new JsonModel(Wire.PODS);

  private final ScriptedServer server = new ScriptedServer();
  private final VirtualTime time = new VirtualTime();
  private final BlockingQueue<Change<String>> told = new LinkedBlockingQueue<>();
  private Cluster cluster = open(CacheDeclaration.of(Wire.PODS));

  @AfterEach
  void closeCluster() {
    cluster.close();
  }

  private Cluster open(CacheDeclaration cache) {
    return Cluster.open(server, ClusterOptions.defaults().caller("test").time(time).cache(cache));
  }

  private Change<String> next() throws InterruptedException {
    Change<String> change = told.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (change == null) {
      throw new AssertionError("the handler was told nothing more");
    }
    return change;
  }

  /** The next change in a few words. */
  private String nextInWords() throws InterruptedException {
    return switch (next()) {
      case Change.Added<String>(var row, var initial, var at) ->
          (initial ? "held " : "added ") + row.name() + " at " + at.collectionVersion();
      case Change.Updated<String>(var before, var now, var at) ->
          "updated "
              + now.name()
              + " from "
              + before.resourceVersion()
              + " at "
              + at.collectionVersion();
      case Change.Deleted<String>(var last, var unknown, var at) ->
          "deleted "
              + last.name()
              + (unknown ? ", last seen" : "")
              + " as "
              + last.resourceVersion()
              + " at "
              + at.collectionVersion();
    };
  }

  @Test
  void aHandlerIsToldWhatIsHeldAndThenWhatFollows() throws Exception {
    server.answerList(list(10, pod("a", 5), pod("b", 6)));
    var watch = server.acceptWatch();
    var subscription = cluster.reads(PODS).onEvent(told::add);
    assertThat(nextInWords()).isEqualTo("held a at 10");
    assertThat(nextInWords()).isEqualTo("held b at 10");
    subscription.awaitInitial(PATIENCE);
    watch.deliver(added(pod("c", 11)) + modified(pod("a", 12)) + deleted(pod("b", 13)));
    assertThat(nextInWords()).isEqualTo("added c at 11");
    assertThat(nextInWords()).isEqualTo("updated a from 5 at 12");
    assertThat(nextInWords()).isEqualTo("deleted b as 13 at 13");
    assertThat(server.hasUnseenRequests()).isFalse();
  }

  @Test
  void aHandlerMayComeBeforeTheFirstList() throws Exception {
    var subscription = cluster.reads(PODS).onEvent(told::add);
    time.advance(Duration.ofSeconds(1));
    assertThatThrownBy(() -> subscription.awaitInitial(Duration.ZERO))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("test of pods");
    server.answerList(list(10, pod("a", 5)));
    assertThat(nextInWords()).isEqualTo("held a at 10");
    subscription.awaitInitial(PATIENCE);
  }

  @Test
  void afterALostHistoryTheDifferenceIsTold() throws Exception {
    cluster.reads(PODS).onEvent(told::add);
    server.answerList(list(10, pod("a", 5), pod("b", 6)));
    assertThat(nextInWords()).isEqualTo("held a at 10");
    assertThat(nextInWords()).isEqualTo("held b at 10");
    server.acceptWatch().deliver(expired());
    server.answerList(list(20, pod("b", 16), pod("c", 17)));
    assertThat(nextInWords()).isEqualTo("deleted a, last seen as 5 at 20");
    assertThat(nextInWords()).isEqualTo("updated b from 6 at 20");
    assertThat(nextInWords()).isEqualTo("added c at 20");
  }

  @Test
  void anObjectThatBeginsToMatchIsAddedAndOneThatCeasesToIsDeleted() throws Exception {
    cluster.reads(PODS).onEvent(Query.label("app", "web"), told::add);
    server.answerList(list(10, pod("a", 5, "web"), pod("b", 6, "db")));
    assertThat(nextInWords()).isEqualTo("held a at 10");
    var watch = server.acceptWatch();
    watch.deliver(modified(pod("a", 11, "db")) + modified(pod("b", 12, "web")));
    assertThat(nextInWords()).isEqualTo("deleted a as 5 at 11");
    assertThat(nextInWords()).isEqualTo("added b at 12");
    watch.deliver(modified(pod("a", 13, "db")) + deleted(pod("a", 14, "db")));
    watch.deliver(deleted(pod("b", 15, "web")));
    assertThat(nextInWords()).isEqualTo("deleted b as 15 at 15");
  }

  @Test
  void fieldsAndNamespacesNarrowAHandlerToo() throws Exception {
    var reads = cluster.reads(PODS);
    reads.inNamespace("other").onEvent(told::add);
    reads.onEvent(Query.field("status.phase", "Running"), told::add);
    server.answerList(list(10, pod("a", 5), pod("done", 6).replace("Running", "Succeeded")));
    assertThat(nextInWords()).isEqualTo("held a at 10");
    var watch = server.acceptWatch();
    watch.deliver(modified(pod("done", 11).replace("Running", "Succeeded")));
    watch.deliver(modified(pod("done", 12)));
    assertThat(nextInWords()).isEqualTo("added done at 12");
    assertThat(told).isEmpty();
  }

  @Test
  void oneHandlerFollowsAllStreamsOfACacheAndEachHasItsOwnHistory() throws Exception {
    cluster.close();
    ScriptedServer two = new ScriptedServer();
    cluster =
        Cluster.open(
            two,
            ClusterOptions.defaults()
                .time(time)
                .cache(CacheDeclaration.of(Wire.PODS).inNamespaces("ns", "other")));
    var subscription = cluster.reads(PODS).inNamespaces("ns", "other").onEvent(told::add);
    int lists = 0;
    while (lists < 2) {
      var asked = two.nextRequest();
      if (asked.request().pathAndQuery().contains("watch=")) {
        continue;
      }
      lists++;
      boolean first = asked.request().pathAndQuery().contains("/ns/");
      String other = list(30, pod("b", 25).replace("\"ns\"", "\"other\""));
      asked.answer(200).push(first ? list(10, pod("a", 5)) : other).end();
      Change<String> change = next();
      assertThat(change.occurrence().namespace()).contains(first ? "ns" : "other");
      assertThat(change.collectionVersion().text()).isEqualTo(first ? "10" : "30");
    }
    subscription.awaitInitial(PATIENCE);
  }

  @Test
  void aSlowHandlerDelaysNobodyAndIsToldTheLatestStates() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch busy = new CountDownLatch(1);
    BlockingQueue<Change<String>> slow = new LinkedBlockingQueue<>();
    cluster
        .reads(PODS)
        .as("slow")
        .onEvent(
            Query.everything(),
            SubscriptionOptions.defaults().queueCapacity(1),
            change -> {
              slow.add(change);
              busy.countDown();
              release.await();
            });
    Subscription fast = cluster.reads(PODS).onEvent(told::add);
    server.answerList(list(10, pod("a", 5)));
    assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
    var watch = server.acceptWatch();
    time.advance(Duration.ofSeconds(9));
    for (int version = 11; version <= 20; version++) {
      watch.deliver(modified(pod("a", version)));
    }
    assertThat(nextInWords()).isEqualTo("held a at 10");
    for (int version = 11; version <= 20; version++) {
      assertThat(next().row().resourceVersion().text()).isEqualTo("" + version);
    }
    assertThat(cluster.health().getFirst().handlers())
        .contains("2 handlers, 1 changes queued, 9 conflated");
    assertThat(fast.health().conflated()).isZero();
    release.countDown();
    slow.take();
    Change<String> last = slow.poll(20, TimeUnit.SECONDS);
    assertThat(last).isNotNull();
    assertThat(last.standsFor()).isEqualTo(10);
    assertThat(last.isConflated()).isTrue();
    assertThat(last.row().resourceVersion().text()).isEqualTo("20");
  }

  @Test
  void aHandlerInArrearsSaysForHowLong() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch busy = new CountDownLatch(1);
    Subscription slow =
        cluster
            .reads(PODS)
            .onEvent(
                change -> {
                  busy.countDown();
                  release.await();
                });
    server.answerList(list(10, pod("a", 5), pod("b", 6)));
    assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
    time.advance(Duration.ofSeconds(9));
    assertThat(slow.health().behind()).isEqualTo(Duration.ofSeconds(9));
    assertThat(slow.health().queued()).isEqualTo(1);
    release.countDown();
    slow.awaitInitial(PATIENCE);
  }

  @Test
  void aHandlerThatThrowsIsToldTheNextChangesAndReported() throws Exception {
    Subscription subscription =
        cluster
            .reads(PODS)
            .as("broken")
            .onEvent(
                change -> {
                  told.add(change);
                  if (change.row().name().equals("a")) {
                    throw new IllegalStateException("a is too much");
                  }
                });
    server.answerList(list(10, pod("a", 5), pod("b", 6)));
    subscription.awaitInitial(PATIENCE);
    assertThat(nextInWords()).isEqualTo("held a at 10");
    assertThat(nextInWords()).isEqualTo("held b at 10");
    assertThat(subscription.health().failures()).isEqualTo(1);
    assertThat(subscription.health().delivered()).isEqualTo(2);
    assertThat(subscription.health().lastFailure()).get().isInstanceOf(IllegalStateException.class);
    assertThat(cluster.health().getFirst().handlers())
        .contains("broken of pods has thrown 1 times, last java.lang.IllegalStateException");
  }

  @Test
  void anErrorOrAnInterruptOfAHandlerEndsNothing() throws Exception {
    Subscription subscription =
        cluster
            .reads(PODS)
            .onEvent(
                change -> {
                  told.add(change);
                  Thread.currentThread().interrupt();
                  throw new AssertionError("no");
                });
    server.answerList(list(10, pod("a", 5), pod("b", 6)));
    subscription.awaitInitial(PATIENCE);
    server.acceptWatch().deliver(added(pod("c", 11)));
    assertThat(nextInWords()).isEqualTo("held a at 10");
    assertThat(nextInWords()).isEqualTo("held b at 10");
    assertThat(nextInWords()).isEqualTo("added c at 11");
  }

  @Test
  void aHandlerMayEndItselfAndIsToldNothingMore() throws Exception {
    var own = new LinkedBlockingQueue<Subscription>();
    CountDownLatch ended = new CountDownLatch(1);
    own.add(
        cluster
            .reads(PODS)
            .onEvent(
                change -> {
                  told.add(change);
                  Subscription me = own.take();
                  me.close();
                  me.close();
                  own.add(me);
                  ended.countDown();
                }));
    server.answerList(list(10, pod("a", 5), pod("b", 6)));
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    server.acceptWatch().deliver(added(pod("c", 11)));
    assertThat(nextInWords()).isEqualTo("held a at 10");
    assertThat(told).isEmpty();
    Subscription me = own.take();
    assertThat(me.health().closed()).isTrue();
    assertThatThrownBy(() -> me.awaitInitial(PATIENCE)).isInstanceOf(ClosedException.class);
    assertThat(cluster.health().getFirst().handlers()).isEqualTo("none");
  }

  @Test
  void closingTheClusterClosesItsHandlers() {
    Subscription subscription = cluster.reads(PODS).onEvent(told::add);
    cluster.close();
    assertThat(subscription.health().closed()).isTrue();
    assertThatThrownBy(() -> cluster.reads(PODS).onEvent(told::add))
        .isInstanceOf(ClosedException.class);
  }

  @Test
  void aKindWithoutACacheHasNothingToTell() {
    Model<String> events = new JsonModel(Wire.EVENTS);
    assertThatThrownBy(() -> cluster.reads(events).onEvent(told::add))
        .isInstanceOf(UnsupportedReadException.class)
        .hasMessageContaining("no cache of events");
  }

  @Test
  void aTokenOfAChangeStandsForAllThatWasToldSoFar() throws Exception {
    cluster.reads(PODS).onEvent(told::add);
    server.answerList(list(10, pod("a", 5)));
    assertThat(nextInWords()).isEqualTo("held a at 10");
    server.acceptWatch().deliver(added(pod("b", 11)));
    var token = CompletableFuture.supplyAsync(this::tokenOfNext);
    server.answerList(list(40, pod("kube-system", 1)));
    assertThat(token.get())
        .hasToString("cluster=uid:uid-kube-system pods@11")
        .isEqualTo(Token.parse(token.get().encode()));
  }

  private Token tokenOfNext() {
    try {
      return next().token();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aBookmarkIsNoChange() throws Exception {
    Subscription subscription = cluster.reads(PODS).onEvent(told::add);
    server.answerList(list(10));
    server.acceptWatch().deliver(bookmark(20)).deliver(added(pod("a", 21)));
    assertThat(nextInWords()).isEqualTo("added a at 21");
    assertThat(subscription.health().delivered()).isEqualTo(1);
  }
}
