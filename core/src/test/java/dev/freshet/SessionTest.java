package dev.freshet;

import static dev.freshet.Consistency.atLeast;
import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.readYourWrites;
import static dev.freshet.Consistency.strong;
import static dev.freshet.scripted.Wire.added;
import static dev.freshet.scripted.Wire.bookmark;
import static dev.freshet.scripted.Wire.deleted;
import static dev.freshet.scripted.Wire.list;
import static dev.freshet.scripted.Wire.modified;
import static dev.freshet.scripted.Wire.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.Consistency.Otherwise;
import dev.freshet.error.BeyondHeadException;
import dev.freshet.error.CacheBehindException;
import dev.freshet.error.InvalidTokenException;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.object.Namespaces;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import dev.freshet.scripted.Patience;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.scripted.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final String POD_A = "/api/v1/namespaces/ns/pods/a";
  private static final String SUCCESS = "{\"kind\":\"Status\",\"status\":\"Success\"}";

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
  private final Session session = cluster.session();
  private final SessionReads<String> pods = session.reads(PODS);
  private ScriptedServer.Exchange watch;

  @BeforeEach
  void sync() throws Exception {
    server.answerList(list(10, pod("a", 5)));
    watch = server.acceptWatch();
    cluster.awaitSynced(HOUR);
  }

  @AfterEach
  void closeCluster() {
    cluster.close();
  }

  private ObservedRequest create(String name, long version) {
    ObservedRequest request = session.sending("POST", "/api/v1/namespaces/ns/pods", "", "{}");
    request.answered(201, bytes(pod(name, version)));
    return request;
  }

  private ObservedRequest delete(String name) {
    return session.sending("DELETE", "/api/v1/namespaces/ns/pods/" + name, "", "");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String deletedStatus(String uid) {
    return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Success\","
        + "\"details\":{\"name\":\"a\",\"kind\":\"pods\",\"uid\":\""
        + uid
        + "\"}}";
  }

  /** A read that waits for the cache as long as it takes. */
  private CompletableFuture<ReadList<String>> patientRead() {
    return CompletableFuture.supplyAsync(
        () ->
            pods.list(
                Query.everything(),
                readYourWrites().waitingAtMost(HOUR).otherwise(Otherwise.FAIL)));
  }

  /** The read that must ask the server, with an answer at a version. */
  private ReadList<String> asksTheServer(long version, String... items) throws Exception {
    var read = CompletableFuture.supplyAsync(() -> pods.list());
    server.answerList(list(version, items));
    ReadList<String> answer = read.get();
    assertThat(answer.provenance().route()).isEqualTo(Route.DIRECT);
    return answer;
  }

  private ReadList<String> fromCache() {
    ReadList<String> read = pods.list();
    assertThat(read.provenance().route()).isEqualTo(Route.CACHED);
    assertThat(server.hasUnseenRequests()).isFalse();
    return read;
  }

  @Test
  void aSessionThatDidNothingReadsFromTheCache() {
    assertThat(fromCache().provenance().satisfied()).isTrue();
  }

  @Test
  void aReadWaitsForTheSessionsOwnWrite() throws Exception {
    create("b", 12);
    var read = patientRead();
    watch.deliver(added(pod("other", 11)));
    assertThat(read).isNotDone();
    watch.deliver(added(pod("b", 12)));
    assertThat(read.get().rows()).extracting(Row::name).containsExactly("a", "b", "other");
    assertThat(read.get().provenance().asOf().text()).isEqualTo("12");
    assertThat(server.hasUnseenRequests()).isFalse();
  }

  @Test
  void aBookmarkBeyondTheWriteIsAsGoodAsItsEvent() throws Exception {
    session.sending("PATCH", POD_A, "", "{}").answered(200, bytes(pod("a", 10)));
    assertThat(fromCache()).hasSize(1);
    session.sending("PATCH", POD_A, "", "{}").answered(200, bytes(pod("a", 11)));
    watch.deliver(bookmark(15));
    assertThat(fromCache().provenance().asOf().text()).isEqualTo("15");
  }

  @Test
  void afterTheWaitTheServerIsAsked() throws Exception {
    create("b", 12);
    var read = CompletableFuture.supplyAsync(() -> pods.list());
    Patience.await(
        () -> {
          time.advance(Duration.ofMillis(10));
          return server.hasUnseenRequests() || read.isDone();
        });
    server.answerList(list(12, pod("a", 5), pod("b", 12)));
    Provenance provenance = read.get().provenance();
    assertThat(read.get()).hasSize(2);
    assertThat(provenance.route()).isEqualTo(Route.DIRECT);
    assertThat(provenance.satisfied()).isTrue();
    assertThat(provenance.waited()).isGreaterThanOrEqualTo(Consistency.Waiting.DEFAULT_WAIT);
    assertThat(provenance.why()).contains("is at 10", "must be at 12");
  }

  @Test
  void aWaitThatIsToFailFailsWithWhatWasWantedAndWhatWasThere() {
    create("b", 12);
    Consistency level = readYourWrites().waitingAtMost(Duration.ZERO).otherwise(Otherwise.FAIL);
    assertThatThrownBy(() -> pods.list(level))
        .isInstanceOfSatisfying(
            CacheBehindException.class,
            e -> {
              assertThat(e.kind()).isEqualTo("pods");
              assertThat(e.wanted()).isEqualTo("12");
              assertThat(e.had()).isEqualTo("10");
              assertThat(e.waited()).isZero();
            });
  }

  @Test
  void aStaleAnswerSaysThatItDoesNotSatisfy() {
    create("b", 12);
    ReadList<String> stale =
        pods.list(readYourWrites().waitingAtMost(Duration.ZERO).otherwise(Otherwise.SERVE_STALE));
    assertThat(stale.rows()).extracting(Row::name).containsExactly("a");
    assertThat(stale.provenance().satisfied()).isFalse();
    assertThat(stale.provenance().toString()).contains("satisfied=false");
  }

  @Test
  void readsWithoutASessionMayNotAskForTheirWrites() {
    assertThatThrownBy(() -> cluster.reads(PODS).list(readYourWrites()))
        .isInstanceOf(UnsupportedReadException.class)
        .hasMessageContaining("no session");
  }

  @Test
  void anotherNamespacesWriteIsNotWaitedFor() {
    session
        .sending("POST", "/api/v1/namespaces/other/pods", "", "{}")
        .answered(201, bytes(pod("b", 12)));
    assertThat(pods.get("ns", "a").provenance().route()).isEqualTo(Route.CACHED);
    assertThat(pods.explain(Query.everything()).why()).contains("must be at 12");
  }

  @Test
  void aStrongReadRaisesTheFloorOfTheNextCachedOne() throws Exception {
    var strong = CompletableFuture.supplyAsync(() -> pods.list(strong()));
    server.answerList(list(20, pod("a", 5), pod("new", 18)));
    strong.get();
    var read = patientRead();
    watch.deliver(added(pod("new", 18)));
    assertThat(read).isNotDone();
    watch.deliver(bookmark(20));
    assertThat(read.get()).hasSize(2);
  }

  @Test
  void whatTheProgramSawElsewhereIsShown() throws Exception {
    session.saw(Wire.PODS, "ns", new ResourceVersion("14"));
    var read = patientRead();
    assertThat(read).isNotDone();
    watch.deliver(bookmark(14));
    assertThat(read.get().provenance().asOf().text()).isEqualTo("14");
  }

  @Test
  void aCachedReadRaisesTheFloorOfLaterReads() throws Exception {
    watch.deliver(bookmark(30));
    pods.list(cached());
    assertThat(session.demand(scope()).wanted(1).text()).isEqualTo("30");
  }

  private Scope scope() {
    return new Scope(Wire.PODS, Namespaces.all(), "test", HOUR, Fence.DIRECT, false);
  }

  @Test
  void aDryRunRaisesNothing() {
    session
        .sending("POST", "/api/v1/namespaces/ns/pods", "dryRun=All", "{}")
        .answered(201, bytes(pod("b", 12)));
    session
        .sending("DELETE", POD_A, "", "{\"kind\":\"DeleteOptions\",\"dryRun\":[\"All\"]}")
        .answered(200, bytes(deletedStatus("uid-a")));
    assertThat(fromCache()).hasSize(1);
  }

  @Test
  void aLostAnswerMakesTheNextReadStrongAndThatReadMakesGood() throws Exception {
    session.sending("POST", "/api/v1/namespaces/ns/pods", "", "{}").lost();
    assertThat(asksTheServer(15, pod("a", 5)).provenance().why()).contains("unknown outcome");
    watch.deliver(bookmark(15));
    fromCache();
  }

  @Test
  void aServerErrorIsAnUnknownOutcome() throws Exception {
    session.sending("PUT", POD_A, "", "{}").answered(504, bytes("{}"));
    asksTheServer(15);
  }

  @Test
  void anUnreadableAnswerToACommittedWriteIsAnUnknownOutcome() throws Exception {
    session.sending("PUT", POD_A, "", "{}").answered(200, bytes("{\"metadata\":{\"resou"));
    asksTheServer(15);
  }

  @Test
  void aRefusalRaisesNothing() {
    session.sending("PUT", POD_A, "", "{}").answered(403, bytes("{}"));
    session.sending("PUT", POD_A, "", "{}").answered(422, bytes("{}"));
    session.sending("PUT", POD_A, "", "{}").answered(429, bytes("{}"));
    fromCache();
  }

  @Test
  void aConflictShowsANewerStateSoTheNextReadIsStrong() throws Exception {
    session.sending("PUT", POD_A, "", "{}").answered(409, bytes("{\"kind\":\"Status\"}"));
    asksTheServer(15, pod("a", 14));
  }

  @Test
  void aFailureThatNamesAVersionRaisesTheFloor() throws Exception {
    session.sending("PUT", POD_A, "", "{}").answered(409, bytes(pod("a", 14)));
    var read = patientRead();
    assertThat(read).isNotDone();
    watch.deliver(modified(pod("a", 14)));
    assertThat(read.get()).hasSize(1);
  }

  @Test
  void aLaterCreateMakesAnEarlierUnknownOutcomeGood() throws Exception {
    session.sending("PATCH", POD_A, "", "{}").lost();
    create("b", 12);
    watch.deliver(added(pod("b", 12)));
    assertThat(fromCache()).hasSize(2);
  }

  @Test
  void anUpdateThatMayHaveChangedNothingMakesNothingGood() throws Exception {
    session.sending("PATCH", POD_A, "", "{}").lost();
    session.sending("PATCH", POD_A, "", "{}").answered(200, bytes(pod("a", 5)));
    asksTheServer(15, pod("a", 5));
  }

  @Test
  void aDeleteIsWaitedForByUid() throws Exception {
    delete("a").answered(200, bytes(deletedStatus("uid-a")));
    var read = patientRead();
    watch.deliver(bookmark(11));
    assertThat(read).isNotDone();
    watch.deliver(deleted(pod("a", 12)));
    assertThat(read.get()).isEmpty();
    fromCache();
  }

  @Test
  void aRecreatedObjectOfTheSameNameIsNotTheDeletedOne() throws Exception {
    delete("a").answered(200, bytes(deletedStatus("uid-a")));
    watch.deliver(deleted(pod("a", 12)) + added(pod("a", 13).replace("uid-a", "uid-2")));
    assertThat(fromCache()).hasSize(1);
  }

  @Test
  void anObjectWithAFinalizerCountsAsDeletedOnceItIsMarked() throws Exception {
    String marked =
        pod("a", 12)
            .replace("\"labels\"", "\"deletionTimestamp\":\"2026-01-01T00:00:00Z\",\"labels\"");
    delete("a").answered(200, bytes(deletedStatus("uid-a")));
    var read = patientRead();
    watch.deliver(bookmark(11));
    assertThat(read).isNotDone();
    watch.deliver(modified(marked));
    assertThat(read.get()).hasSize(1);
  }

  @Test
  void aDeleteOfWhatTheCacheHasNotSeenYetIsOfUnknownVersion() throws Exception {
    delete("unseen").answered(200, bytes(deletedStatus("uid-unseen")));
    asksTheServer(15, pod("a", 5));
  }

  @Test
  void aDeleteThatAnswersTheObjectNeedsTheCacheToHaveHadIt() throws Exception {
    delete("b").answered(200, bytes(pod("b", 12)));
    var read = patientRead();
    watch.deliver(bookmark(11));
    assertThat(read).isNotDone();
    watch.deliver(added(pod("b", 12)));
    assertThat(read).isNotDone();
    watch.deliver(deleted(pod("b", 13)));
    assertThat(read.get()).hasSize(1);
  }

  @Test
  void deletingACollectionMakesTheNextReadStrong() throws Exception {
    session
        .sending("DELETE", "/api/v1/namespaces/ns/pods", "labelSelector=app%3Dweb", "")
        .answered(200, bytes(list(11, pod("a", 5))));
    asksTheServer(15);
  }

  @Test
  void anEvictionAnswersNoVersionSoTheNextReadIsStrong() throws Exception {
    session.sending("POST", POD_A + "/eviction", "", "{}").answered(201, bytes(SUCCESS));
    asksTheServer(15);
  }

  @Test
  void aBindingIsAChangeOfItsPod() throws Exception {
    session.sending("POST", POD_A + "/binding", "", "{}").answered(201, bytes(SUCCESS));
    asksTheServer(15);
    session
        .sending("POST", "/api/v1/namespaces/ns/bindings", "", "{}")
        .answered(201, bytes(SUCCESS));
    asksTheServer(16);
  }

  @Test
  void aSubresourceAnswersTheVersionOfItsObject() throws Exception {
    session.sending("PATCH", POD_A + "/status", "", "{}").answered(200, bytes(pod("a", 12)));
    var read = patientRead();
    assertThat(read).isNotDone();
    watch.deliver(modified(pod("a", 12)));
    assertThat(read.get()).hasSize(1);
  }

  @Test
  void aTokenOfAServiceAccountOrAReviewIsNoWrite() {
    session
        .sending("POST", "/api/v1/namespaces/ns/serviceaccounts/x/token", "", "{}")
        .answered(201, bytes("{\"kind\":\"TokenRequest\",\"metadata\":{}}"));
    session
        .sending("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", "", "{}")
        .answered(201, bytes("{\"metadata\":{}}"));
    session.sending("POST", POD_A + "/exec", "command=ls", "").lost();
    fromCache();
  }

  @Test
  void aGetThroughTheClientRaisesTheFloor() throws Exception {
    session.sending("GET", POD_A, "", "").answered(200, bytes(pod("a", 14)));
    var read = patientRead();
    assertThat(read).isNotDone();
    watch.deliver(modified(pod("a", 14)));
    assertThat(read.get()).hasSize(1);
  }

  @Test
  void anAbsenceSeenThroughTheClientIsNotForgotten() throws Exception {
    session.sending("GET", POD_A, "", "").answered(404, bytes("{\"kind\":\"Status\"}"));
    assertThat(asksTheServer(15)).isEmpty();
  }

  @Test
  void aListThroughTheClientMakesAnUnknownOutcomeGood() throws Exception {
    session.sending("PATCH", POD_A, "", "{}").lost();
    session
        .sending("GET", "/api/v1/namespaces/ns/pods", "limit=5", "")
        .answered(200, bytes(list(12)));
    watch.deliver(bookmark(12));
    fromCache();
  }

  @Test
  void anOldListThroughTheClientDoesNot() throws Exception {
    session.sending("PATCH", POD_A, "", "{}").lost();
    session
        .sending("GET", "/api/v1/namespaces/ns/pods", "resourceVersion=0", "")
        .answered(200, bytes(list(9)));
    asksTheServer(15);
  }

  @Test
  void aReadThatFailsShowsNothing() {
    session.sending("GET", POD_A, "", "").lost();
    session.sending("GET", POD_A, "", "").answered(403, bytes("{}"));
    fromCache();
  }

  @Test
  void aReadWaitsForARequestUnderWay() throws Exception {
    ObservedRequest underWay = session.sending("POST", "/api/v1/namespaces/ns/pods", "", "{}");
    var read = patientRead();
    assertThat(read).isNotDone();
    underWay.answered(201, bytes(pod("b", 12)));
    assertThat(read).isNotDone();
    watch.deliver(added(pod("b", 12)));
    assertThat(read.get()).hasSize(2);
  }

  @Test
  void aRequestThatIsNeverAnsweredMakesReadsStrong() throws Exception {
    session.sending("POST", "/api/v1/namespaces/ns/pods", "", "{}");
    var read =
        CompletableFuture.supplyAsync(
            () -> pods.list(readYourWrites().waitingAtMost(Duration.ZERO)));
    server.answerList(list(15));
    assertThat(read.get().provenance().why()).contains("no answer yet");
  }

  @Test
  void versionsWithoutAnOrderAreRefusedByTheCacheAndLeftToStrongReads() {
    session
        .sending("PUT", POD_A, "", "{}")
        .answered(200, bytes(pod("a", 1).replace("\"1\"", "\"x\"")));
    session.saw(Wire.PODS, "ns", new ResourceVersion("y"));
    assertThatThrownBy(
            () -> {
              var read = CompletableFuture.supplyAsync(() -> pods.list());
              server.answerList(list(15));
              read.get();
              pods.list();
            })
        .isInstanceOf(UnsupportedReadException.class)
        .hasMessageContaining("no order");
  }

  @Test
  void aKindWithoutACacheIsReadFromTheServer() throws Exception {
    var nodes = session.reads(new JsonModel(new ResourceType("", "v1", "nodes", "Node", false)));
    var read = CompletableFuture.supplyAsync(() -> nodes.list());
    server.answerList(list(15));
    assertThat(read.get().provenance().why()).contains("no cache of nodes is declared");
  }

  @Test
  void aWriteBelowTheFrontierRaisesTheAlarm() {
    create("b", 7);
    assertThat(cluster.health().getFirst().alarm()).contains("answered at 7");
  }

  @Test
  void anUpdateThatChangedNothingRaisesNoAlarm() {
    session.sending("PATCH", POD_A, "", "{}").answered(200, bytes(pod("a", 5)));
    assertThat(cluster.health().getFirst().alarm()).isEmpty();
  }

  @Test
  void aFloorOfALostHistoryIsVoidInTheNextEpoch() throws Exception {
    create("b", 50);
    watch.push(Wire.expired()).end();
    server.answerList(list(8, pod("a", 5)));
    server.acceptWatch();
    assertThat(fromCache().provenance().epoch()).isEqualTo(2);
  }

  @Test
  void aFloorAboveTheServersHeadIsVoidOnceTheServerHasSaidWhereItIs() throws Exception {
    create("b", 50);
    var read =
        CompletableFuture.supplyAsync(
            () -> pods.list(readYourWrites().waitingAtMost(Duration.ZERO)));
    server.answerList(list(21, pod("a", 5)));
    assertThat(read.get().provenance().satisfied()).isTrue();
    watch.deliver(bookmark(21));
    fromCache();
  }

  @Test
  void whatIsWrittenWhileTheServerIsAskedIsNotTakenForLost() throws Exception {
    var read = CompletableFuture.supplyAsync(() -> pods.list(strong()));
    var asked = server.nextRequest();
    create("b", 50);
    asked.answer(200).push(list(21, pod("a", 5))).end();
    read.get();
    assertThat(session.demand(scope()).wanted(1).text()).isEqualTo("50");
  }

  private Token tokenAt(Session of, String uid) throws Exception {
    var token = CompletableFuture.supplyAsync(of::token);
    server.answerList(list(40, pod("kube-system", 1).replace("uid-kube-system", uid)));
    return Token.parse(token.get().encode());
  }

  @Test
  void aTokenCarriesTheFloorsToAnotherSession() throws Exception {
    create("b", 12);
    Token token = tokenAt(session, "me");
    assertThat(token.cluster()).isEqualTo("uid:me");
    assertThat(token.toString()).contains("pods[ns]@12");
    var read =
        CompletableFuture.supplyAsync(
            () -> cluster.reads(PODS).list(atLeast(token).waitingAtMost(HOUR)));
    assertThat(read).isNotDone();
    watch.deliver(added(pod("b", 12)));
    assertThat(read.get()).hasSize(2);
  }

  @Test
  void aTokenOfAnUnknownOutcomeMakesItsReaderAskTheServer() throws Exception {
    session.sending("PATCH", POD_A, "", "{}").lost();
    Token token = tokenAt(session, "me");
    var read = CompletableFuture.supplyAsync(() -> cluster.reads(PODS).list(atLeast(token)));
    server.answerList(list(15));
    assertThat(read.get().provenance().route()).isEqualTo(Route.DIRECT);
  }

  @Test
  void anotherClustersTokenMakesTheReadStrongAndSaysSo() throws Exception {
    Token here = tokenAt(session, "me");
    Token foreign =
        new Token(
            new dev.freshet.session.TokenFloors("uid:other", here.floors().collections(), false));
    var read = CompletableFuture.supplyAsync(() -> cluster.reads(PODS).list(atLeast(foreign)));
    server.answerList(list(15));
    assertThat(read.get().provenance().why()).contains("another cluster");
    assertThatThrownBy(() -> session.saw(foreign)).isInstanceOf(InvalidTokenException.class);
    assertThatThrownBy(() -> here.and(foreign)).isInstanceOf(InvalidTokenException.class);
  }

  @Test
  void aTokenBeyondTheHeadFailsOnceTheServerHasSaidWhereItIs() throws Exception {
    create("b", 99);
    Token token = tokenAt(session, "me");
    var read =
        CompletableFuture.supplyAsync(
            () -> cluster.reads(PODS).list(atLeast(token).waitingAtMost(Duration.ZERO)));
    server.answerList(list(15));
    assertThatThrownBy(read::get)
        .cause()
        .isInstanceOfSatisfying(
            BeyondHeadException.class,
            e -> {
              assertThat(e.wanted()).isEqualTo("99");
              assertThat(e.head()).isEqualTo("15");
            });
  }

  @Test
  void whereKubeSystemMayNotBeReadATokenNamesTheAddress() throws Exception {
    var token = CompletableFuture.supplyAsync(session::token);
    server.nextRequest().answer(403).push("{\"kind\":\"Status\",\"reason\":\"Forbidden\"}").end();
    assertThat(token.get().cluster()).startsWith("address:");
  }

  @Test
  void anotherTokenCostsNoRequest() throws Exception {
    tokenAt(session, "me");
    session.token();
    cluster.session().token();
    assertThat(server.hasUnseenRequests()).isFalse();
  }

  @Test
  void aSessionThatTookATokenSeesWhatItSaw() throws Exception {
    create("b", 12);
    Token token = tokenAt(session, "me");
    Session other = cluster.session();
    other.saw(token);
    assertThatThrownBy(
            () ->
                other
                    .reads(PODS)
                    .list(readYourWrites().waitingAtMost(Duration.ZERO).otherwise(Otherwise.FAIL)))
        .isInstanceOf(CacheBehindException.class);
  }
}
