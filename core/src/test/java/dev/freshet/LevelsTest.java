package dev.freshet;

import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.exactly;
import static dev.freshet.Consistency.strong;
import static dev.freshet.Consistency.within;
import static dev.freshet.scripted.Patience.await;
import static dev.freshet.scripted.Wire.added;
import static dev.freshet.scripted.Wire.list;
import static dev.freshet.scripted.Wire.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.Consistency.Otherwise;
import dev.freshet.error.BeyondHeadException;
import dev.freshet.error.CacheTooOldException;
import dev.freshet.error.FreshetException;
import dev.freshet.error.InvalidTokenException;
import dev.freshet.error.SnapshotExpiredException;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.object.Namespaces;
import dev.freshet.object.ResourceVersion;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.scripted.Wire;
import dev.freshet.session.TokenFloors;
import dev.freshet.time.Deadline;
import dev.freshet.transport.ApiRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The levels {@code within} and {@code exactly}, and direct lists that are joined. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LevelsTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final Model<String> PODS = new JsonModel(Wire.PODS);

  private final ScriptedServer server = new ScriptedServer();
  private final VirtualTime time = new VirtualTime();
  private final Cluster cluster =
      Cluster.open(
          server,
          ClusterOptions.defaults()
              .caller("test")
              .time(time)
              .readWithin(Duration.ofHours(2))
              .cache(CacheDeclaration.of(Wire.PODS).auditEvery(Duration.ZERO)));
  private final Reads<String> pods = cluster.reads(PODS);
  private ScriptedServer.Exchange watch;
  private boolean isIdentified;

  @BeforeEach
  void syncAtTen() throws Exception {
    server.answerList(list(10, pod("a", 5)));
    watch = server.acceptWatch();
    cluster.awaitSynced(HOUR);
  }

  @AfterEach
  void closeCluster() {
    cluster.close();
  }

  @Test
  void aCacheThatIsKnownToBeFreshEnoughAnswersWithoutARequestOfTheRead() throws Exception {
    time.advance(Duration.ofSeconds(3));
    ReadList<String> read = pods.list(within(Duration.ofSeconds(5)));
    assertThat(read.provenance().route()).isEqualTo(Route.CACHED);
    assertThat(read.provenance().requests().sent()).isZero();
    assertThat(read.provenance().why()).contains("at most 3000 ms behind");
  }

  @Test
  void anAnswerIsAsOldAsItWasWhenThatSufficedHoweverLongItTookToMake() {
    Duration bound = Duration.ofSeconds(5);
    Scope scope = new Scope(Wire.PODS, Namespaces.all(), "test", HOUR, Fence.AUTO, false);
    Serving serving =
        new Serving(
            cluster,
            scope,
            Optional.empty(),
            Query.everything(),
            within(bound),
            Deadline.in(HOUR, time),
            (cut, plan) -> {
              time.advance(MINUTE);
              Cache cache = cluster.cache(Wire.PODS).orElseThrow();
              return new CachedReads(cluster, cache).none(cut, scope, plan);
            });
    time.advance(bound);
    Provenance provenance = new WithinRead(serving, within(bound)).answer().provenance();
    assertThat(provenance.route()).isEqualTo(Route.CACHED);
    assertThat(provenance.behindAtMost()).contains(bound);
  }

  @Test
  void aCacheWithSuchReadersKeepsItselfFresh() throws Exception {
    time.advance(Duration.ofSeconds(3));
    pods.list(within(Duration.ofSeconds(5)));
    server.answerProbe(10);
    awaitPause(Duration.ofNanos(2_537_500_000L));
    assertThat(cluster.health().getFirst().behindAtMost()).contains(Duration.ZERO);
    time.advance(Duration.ofSeconds(2));
    pods.list(within(Duration.ofSeconds(5)));
    time.advance(Duration.ofSeconds(1));
    server.answerProbe(10);
    awaitAge(Duration.ZERO);
    assertThat(cluster.health().getFirst().keepsWithin().orElseThrow())
        .isLessThanOrEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void aMinuteAfterTheLastSuchReadNoMoreProbesAreSent() throws Exception {
    pods.list(within(Duration.ofSeconds(5)));
    server.answerProbe(10);
    awaitPause(Duration.ofNanos(2_537_500_000L));
    time.advance(Duration.ofMinutes(2));
    await(() -> cluster.health().getFirst().keepsWithin().isEmpty());
    assertThat(server.hasUnseenRequests()).isFalse();
  }

  @Test
  void aCacheThatMayBeTooOldPassesAFenceFirstAndCountsIt() throws Exception {
    time.advance(MINUTE);
    var read = begin(() -> pods.fence(Fence.BOOKMARK).list(within(Duration.ofSeconds(5))));
    // One probe is the read's and one that of the cache that keeps itself fresh, unless shared.
    Provenance provenance = answeringProbes(read).provenance();
    assertThat(provenance.route()).isEqualTo(Route.BOOKMARK);
    assertThat(provenance.why()).contains("60000 ms behind");
    assertThat(cluster.health().getFirst().promoted()).isEqualTo(1);
  }

  @Test
  void whereTheServerIsNotToBeAskedAFenceIsPassedAlthoughAListWouldBeCheaper() throws Exception {
    time.advance(MINUTE);
    var read = begin(() -> pods.list(within(Duration.ofSeconds(5)).otherwise(Otherwise.FAIL)));
    assertThat(answeringProbes(read).provenance().route()).isIn(Route.BOOKMARK, Route.PROBE);
  }

  @Test
  void aReadThatIsNotToWaitFailsWithWhatItWantedAndWhatItHad() {
    time.advance(MINUTE);
    assertThatThrownBy(
            () ->
                pods.list(
                    within(Duration.ofSeconds(5))
                        .waitingAtMost(Duration.ZERO)
                        .otherwise(Otherwise.FAIL)))
        .isInstanceOf(CacheTooOldException.class)
        .hasMessageContaining("at most 5000 ms behind")
        .hasMessageContaining("may be 60000 ms behind");
  }

  @Test
  void aStaleAnswerThatWasAskedForSaysThatItIsStale() {
    time.advance(MINUTE);
    Provenance provenance =
        pods.list(
                within(Duration.ofSeconds(5))
                    .waitingAtMost(Duration.ZERO)
                    .otherwise(Otherwise.SERVE_STALE))
            .provenance();
    assertThat(provenance.route()).isEqualTo(Route.CACHED);
    assertThat(provenance.satisfied()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void aBoundOfNothingIsRefusedInFavourOfStrong(long seconds) {
    assertThatThrownBy(() -> within(Duration.ofSeconds(seconds)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("strong()");
  }

  @Test
  void aStateThatTheCacheStillHoldsCostsNothing() throws Exception {
    Token token = tokenOf(pods.list(cached()));
    watch.deliver(added(pod("b", 12)));
    ReadList<String> then = pods.list(exactly(token));
    assertThat(then.rows()).extracting(Row::name).containsExactly("a");
    assertThat(then.provenance().route()).isEqualTo(Route.SNAPSHOT);
    assertThat(then.provenance().requests().sent()).isZero();
    assertThat(then.resourceVersion().text()).isEqualTo("10");
    assertThat(pods.list(cached())).hasSize(2);
  }

  @Test
  void aStateBetweenTwoEventsIsNamedByTheVersionAskedFor() throws Exception {
    Token token = tokenAt(11);
    watch.deliver(added(pod("b", 12)));
    assertThat(pods.list(exactly(token)).resourceVersion().text()).isEqualTo("11");
  }

  @Test
  void aStateThatTheCacheIsAboutToReachIsWaitedFor() throws Exception {
    Token token = tokenAt(12);
    var read = begin(() -> pods.list(exactly(token)));
    watch.deliver(added(pod("b", 12)));
    assertThat(read.get().provenance().route()).isEqualTo(Route.SNAPSHOT);
    assertThat(read.get()).hasSize(2);
  }

  @Test
  void aStateThatTheCacheDoesNotHoldIsListedAtExactlyThatVersion() throws Exception {
    Token token = tokenAt(8);
    var read = begin(() -> pods.inNamespace("ns").list(Query.label("app", "x"), exactly(token)));
    String asked = server.answerList(list(8, pod("old", 3))).request().pathAndQuery();
    assertThat(asked)
        .isEqualTo(
            "/api/v1/namespaces/ns/pods?labelSelector=app%3Dx"
                + "&resourceVersion=8&resourceVersionMatch=Exact");
    Provenance provenance = read.get().provenance();
    assertThat(provenance.route()).isEqualTo(Route.EXACT);
    assertThat(provenance.asOf().text()).isEqualTo("8");
    assertThat(provenance.behindAtMost()).isEmpty();
  }

  @Test
  void aStateThatIsGoneEverywhereIsATypedFailure() throws Exception {
    Token token = tokenAt(8);
    var read = begin(() -> pods.list(exactly(token)));
    server.nextRequest().answer(410).push(status(410, "Expired")).end();
    assertThatThrownBy(read::get)
        .hasCauseInstanceOf(SnapshotExpiredException.class)
        .hasMessageContaining("pods at 8 is gone");
  }

  @Test
  void aStateBeyondTheServersHeadIsATypedFailure() throws Exception {
    Token token = tokenAt(999);
    var read = begin(() -> pods.list(exactly(token)));
    await(
        () -> {
          time.advance(Duration.ofMillis(10));
          return server.hasUnseenRequests();
        });
    server.nextRequest().answer(504).push(status(504, "Timeout")).end();
    assertThatThrownBy(read::get).hasCauseInstanceOf(BeyondHeadException.class);
  }

  @Test
  void anotherClustersTokenNamesNoStateHere() throws Exception {
    Token here = tokenAt(10);
    Token foreign = Token.parse(foreign(here).encode());
    assertThatThrownBy(() -> pods.list(exactly(foreign)))
        .isInstanceOf(InvalidTokenException.class)
        .hasMessageContaining("uid:other");
  }

  @Test
  void aTokenWithoutThisKindNamesNoState() throws Exception {
    Token empty = tokenOf(cluster.session());
    assertThatThrownBy(() -> pods.list(exactly(empty)))
        .isInstanceOf(UnsupportedReadException.class)
        .hasMessageContaining("does not say at which version");
  }

  @Test
  void explainSaysWhetherAStateIsHeld() throws Exception {
    Token held = tokenAt(10);
    Token gone = tokenAt(8);
    assertThat(pods.explain(Query.everything(), exactly(held)).route()).isEqualTo(Route.SNAPSHOT);
    assertThat(pods.explain(Query.everything(), exactly(gone)).route()).isEqualTo(Route.EXACT);
  }

  @Test
  void readersWhoComeWhileAListIsUnderWayShareTheNextOne() throws Exception {
    var first = begin(() -> pods.list(strong()));
    ScriptedServer.Exchange sent = server.nextRequest();
    var second = begin(() -> pods.list(strong()));
    var third = begin(() -> pods.as("other").list(strong()));
    await(() -> cluster.joinedLists().gathered() == 2);
    sent.answer(200).push(list(10, pod("a", 5))).end();
    server.answerList(list(20, pod("a", 5), pod("b", 20)));
    assertThat(first.get()).hasSize(1);
    assertThat(first.get().provenance().requests().readers()).isEqualTo(1);
    assertThat(second.get()).hasSize(2);
    assertThat(third.get().provenance().requests()).isEqualTo(new Provenance.Requests(1, 2));
    assertThat(server.hasUnseenRequests()).isFalse();
  }

  @Test
  void listsThatDifferAreNotJoined() throws Exception {
    var all = begin(() -> pods.list(strong()));
    ScriptedServer.Exchange sent = server.nextRequest();
    var some = begin(() -> pods.list(Query.label("app", "x"), strong()));
    server.answerList(list(11));
    assertThat(some.get()).isEmpty();
    sent.answer(200).push(list(10, pod("a", 5))).end();
    assertThat(all.get()).hasSize(1);
  }

  @Test
  void aSharedListLastsAsLongAsItsMostPatientReader() throws Exception {
    var first = begin(() -> pods.list(strong()));
    ScriptedServer.Exchange sent = server.nextRequest();
    var hasty = begin(() -> pods.within(Duration.ofSeconds(1)).list(strong()));
    await(() -> cluster.joinedLists().gathered() == 1);
    var patient = begin(() -> pods.within(Duration.ofSeconds(50)).list(strong()));
    await(() -> cluster.joinedLists().gathered() == 2);
    sent.answer(200).push(list(10)).end();
    first.get();
    ApiRequest shared = server.nextRequest().request();
    assertThat(shared.answerWithin()).isEqualTo(Duration.ofSeconds(50));
    hasty.cancel(true);
    patient.cancel(true);
  }

  private Token tokenOf(ReadList<?> read) throws Exception {
    return identified(read::token);
  }

  private Token tokenOf(Session session) throws Exception {
    return identified(session::token);
  }

  private Token tokenAt(long version) throws Exception {
    Session session = cluster.session();
    session.saw(Wire.PODS, "", new ResourceVersion(Long.toString(version)));
    return identified(session::token);
  }

  /** The first token asks the cluster who it is. */
  private Token identified(Supplier<Token> token) throws Exception {
    if (!isIdentified) {
      isIdentified = true;
      var first = begin(token);
      server.answerList(list(40, pod("kube-system", 1).replace("uid-kube-system", "me")));
      return first.get();
    }
    return token.get();
  }

  private static Token foreign(Token token) {
    return new Token(new TokenFloors("uid:other", token.floors().collections(), false));
  }

  private static String status(int code, String reason) {
    return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\""
        + reason
        + "\",\"code\":"
        + code
        + "}";
  }

  private void awaitAge(Duration age) {
    await(() -> cluster.health().getFirst().behindAtMost().equals(Optional.of(age)));
  }

  /** Until the cache that keeps itself fresh has done so and waits for so long. */
  private void awaitPause(Duration pause) {
    await(() -> time.awaited().equals(List.of(pause)));
  }

  private <T> T answeringProbes(CompletableFuture<T> read) throws Exception {
    // The cache that keeps itself fresh must not do so before the read has found it too old.
    await(() -> cluster.health().getFirst().promoted() == 1);
    while (!read.isDone()) {
      await(() -> read.isDone() || server.hasUnseenRequests());
      if (server.hasUnseenRequests()) {
        server.answerProbe(10);
      }
    }
    return read.get();
  }

  private static <T> CompletableFuture<T> begin(Supplier<T> read) {
    var done = new CompletableFuture<T>();
    Thread.startVirtualThread(
        () -> {
          try {
            done.complete(read.get());
          } catch (FreshetException | AssertionError e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }
}
