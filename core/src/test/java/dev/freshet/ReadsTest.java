package dev.freshet;

import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.strong;
import static dev.freshet.scripted.Wire.added;
import static dev.freshet.scripted.Wire.list;
import static dev.freshet.scripted.Wire.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ApiException;
import dev.freshet.error.CacheNotSyncedException;
import dev.freshet.error.ClosedException;
import dev.freshet.error.DeadlineException;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.object.ResourceType;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.scripted.Wire;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadsTest {

  /** Objects as their JSON text. */
  private static final Model<String> PODS = new JsonModel(Wire.PODS);

  private final ScriptedServer server = new ScriptedServer();
  private final VirtualTime time = new VirtualTime();
  private Cluster cluster = open(CacheDeclaration.of(Wire.PODS));

  @AfterEach
  void closeCluster() {
    cluster.close();
  }

  private Cluster open(CacheDeclaration... caches) {
    ClusterOptions options = ClusterOptions.defaults().caller("test").time(time);
    for (CacheDeclaration cache : caches) {
      options = options.cache(cache);
    }
    return Cluster.open(server, options);
  }

  @Test
  void aCachedReadSendsNothingAndSaysHowOldItsAnswerCanBe() throws Exception {
    server.answerList(list(10, pod("a", 5, "web"), pod("b", 6, "db")));
    server.acceptWatch();
    time.advance(Duration.ofSeconds(3));
    ReadList<String> read = cluster.reads(PODS).list(Query.label("app", "db"), cached());
    assertThat(read.rows()).extracting(Row::name).containsExactly("b");
    Provenance provenance = read.provenance();
    assertThat(provenance.route()).isEqualTo(Route.CACHED);
    assertThat(provenance.behindAtMost()).contains(Duration.ofSeconds(3));
    assertThat(provenance.requests().sent()).isZero();
    assertThat(provenance.asOf().text()).isEqualTo("10");
    assertThat(server.hasUnseenRequests()).isFalse();
  }

  @Test
  void aCacheWhosePauseHidesAWriteNeverClaimsToBeFresh() throws Exception {
    server.answerList(list(10, pod("a", 5)));
    var watch = server.acceptWatch();
    time.advance(Duration.ofSeconds(30));
    // The server has committed "late" at 11, but the watch is held back.
    ReadList<String> stale = cluster.reads(PODS).list(cached());
    assertThat(stale.rows()).extracting(Row::name).containsExactly("a");
    assertThat(stale.provenance().behindAtMost()).contains(Duration.ofSeconds(30));
    watch.deliver(added(pod("late", 11)));
    ReadList<String> later = cluster.reads(PODS).list(cached());
    assertThat(later.rows()).extracting(Row::name).containsExactly("a", "late");
    assertThat(later.provenance().behindAtMost()).contains(Duration.ofSeconds(30));
  }

  @Test
  void aStrongReadAsksTheServerWithoutAVersionAndFiltersThere() throws Exception {
    server.answerList(list(10));
    server.acceptWatch();
    var answer =
        CompletableFuture.supplyAsync(
            () ->
                cluster
                    .reads(PODS)
                    .inNamespace("ns")
                    .as("quota")
                    .list(Query.labels("app in (a,b)").and(Query.fields("x=y")), strong()));
    var request = server.answerList(list(25, pod("a", 24))).request();
    assertThat(request.pathAndQuery())
        .isEqualTo(
            "/api/v1/namespaces/ns/pods"
                + "?labelSelector=app%20in%20%28a%2Cb%29&fieldSelector=x%3Dy");
    assertThat(request.caller()).isEqualTo("quota");
    Provenance provenance = answer.get().provenance();
    assertThat(provenance.route()).isEqualTo(Route.DIRECT);
    assertThat(provenance.asOf().text()).isEqualTo("25");
    assertThat(provenance.requests().sent()).isEqualTo(1);
    assertThat(provenance.bytes().body()).isEqualTo(list(25, pod("a", 24)).length());
    assertThat(cluster.spent().get("quota")).isEqualTo(new Spent(1, provenance.bytes().wire()));
  }

  @Test
  void aReadOfMetadataAsksTheServerForNoMore() throws Exception {
    server.answerList(list(10));
    server.acceptWatch();
    Reads<String> reads = cluster.reads(PODS).ofMetadata();
    var answer = CompletableFuture.supplyAsync(() -> reads.list(strong()));
    var request = server.answerList(list(25, pod("a", 24))).request();
    assertThat(request.accept()).contains("as=PartialObjectMetadataList");
    Row<String> row = answer.get().rows().getFirst();
    assertThat(row.name()).isEqualTo("a");
    assertThat(row.get("metadata.name")).contains("a");
  }

  @Test
  void aReadOfMetadataRefusesTheRestWhereverItsAnswerCameFrom() throws Exception {
    server.answerList(list(10, pod("a", 5)));
    server.acceptWatch();
    ReadList<String> read = cluster.reads(PODS).ofMetadata().list(cached());
    assertThatThrownBy(read::getFirst)
        .isInstanceOf(UnsupportedReadException.class)
        .hasMessageContaining("ofMetadata()");
    assertThatThrownBy(() -> read.rows().getFirst().get("spec.nodeName"))
        .isInstanceOf(UnsupportedReadException.class);
    assertThat(read.rows().getFirst().get("metadata.name")).contains("a");
  }

  @Test
  void aStrongReadDatesTheCacheOnceTheCacheHasComeThatFar() throws Exception {
    server.answerList(list(10));
    var watch = server.acceptWatch();
    time.advance(Duration.ofSeconds(60));
    var answer = CompletableFuture.supplyAsync(() -> cluster.reads(PODS).list(strong()));
    server.answerList(list(11, pod("a", 11)));
    answer.get();
    assertThat(cluster.health().getFirst().behindAtMost()).contains(Duration.ofSeconds(60));
    watch.deliver(added(pod("a", 11)));
    assertThat(cluster.health().getFirst().behindAtMost()).contains(Duration.ZERO);
  }

  @Test
  void aStrongGetIsAListOfOneNameAndAbsenceHasAVersionToo() throws Exception {
    server.answerList(list(10));
    server.acceptWatch();
    var answer =
        CompletableFuture.supplyAsync(() -> cluster.reads(PODS).get("ns", "gone", strong()));
    assertThat(server.answerList(list(31)).request().pathAndQuery())
        .isEqualTo("/api/v1/namespaces/ns/pods?fieldSelector=metadata.name%3Dgone");
    assertThat(answer.get().isPresent()).isFalse();
    assertThat(answer.get().provenance().asOf().text()).isEqualTo("31");
  }

  @Test
  void aCachedGetFindsByNamespaceAndName() throws Exception {
    server.answerList(list(10, pod("a", 5)));
    server.acceptWatch();
    Read<String> read = cluster.reads(PODS).get("ns", "a", cached());
    assertThat(read.object().orElseThrow()).contains("\"uid-a\"");
    assertThat(read.row().orElseThrow().get("status.phase")).contains("Running");
    assertThat(cluster.reads(PODS).get("other", "a", cached()).isPresent()).isFalse();
  }

  @Test
  void anUndeclaredCacheIsRefusedByNameAndNeverAnsweredAsEmpty() {
    var nodes = cluster.reads(new JsonModel(new ResourceType("", "v1", "nodes", "Node", false)));
    assertThatThrownBy(() -> nodes.list(cached()))
        .isInstanceOf(UnsupportedReadException.class)
        .hasMessageContaining("no cache of nodes is declared");
  }

  @Test
  void anUnsyncedCacheIsRefusedAndNeverAnsweredAsEmpty() {
    assertThatThrownBy(() -> cluster.reads(PODS).list(cached()))
        .isInstanceOf(CacheNotSyncedException.class)
        .hasMessageContaining("awaitSynced");
  }

  @Test
  void aReadOutsideTheDeclaredNamespaceIsRefused() throws Exception {
    cluster.close();
    ScriptedServer narrow = new ScriptedServer();
    try (Cluster other =
        Cluster.open(
            narrow,
            ClusterOptions.defaults().cache(CacheDeclaration.of(Wire.PODS).inNamespace("ns")))) {
      assertThat(narrow.answerList(list(10)).request().pathAndQuery())
          .isEqualTo("/api/v1/namespaces/ns/pods");
      narrow.acceptWatch();
      assertThat(other.reads(PODS).inNamespace("ns").list(cached())).isEmpty();
      assertThatThrownBy(() -> other.reads(PODS).list(cached()))
          .isInstanceOf(UnsupportedReadException.class)
          .hasMessageContaining("only namespace ns");
    }
  }

  @Test
  void aFieldTheServerComputesIsRefusedFromTheCache() throws Exception {
    server.answerList(list(10, pod("a", 5)));
    server.acceptWatch();
    Reads<String> pods = cluster.reads(PODS);
    assertThat(pods.list(Query.field("status.phase", "Running"), cached())).hasSize(1);
    assertThat(pods.list(Query.fields("status.phase!=Running"), cached())).isEmpty();
    assertThatThrownBy(() -> pods.list(Query.field("spec.hostNetwork", "false"), cached()))
        .isInstanceOf(UnsupportedReadException.class)
        .hasMessageContaining("spec.hostNetwork");
  }

  @Test
  void aRefusedReadNamesTheVerbAndResourceToGrant() throws Exception {
    server.answerList(list(10));
    server.acceptWatch();
    var answer =
        CompletableFuture.supplyAsync(() -> failureOf(() -> cluster.reads(PODS).list(strong())));
    server.nextRequest().answer(403).push("{\"kind\":\"Status\",\"reason\":\"Forbidden\"}").end();
    assertThat(answer.get())
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.problem()).contains("list pods");
              assertThat(e.remedy()).contains("\"list\"").contains("\"pods\"");
            });
  }

  @Test
  void aPagedAnswerIsNeverTakenForTheWhole() throws Exception {
    server.answerList(list(10));
    server.acceptWatch();
    var answer =
        CompletableFuture.supplyAsync(() -> failureOf(() -> cluster.reads(PODS).list(strong())));
    server.answerList(
        "{\"metadata\":{\"resourceVersion\":\"12\",\"continue\":\"abc\"},\"items\":[]}");
    assertThat(answer.get()).hasMessageContaining("one page");
  }

  @Test
  void waitingForTheFirstListEndsAtItsDeadlineAndSaysWhy() {
    assertThatThrownBy(() -> cluster.awaitSynced(Duration.ZERO))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("pods");
  }

  @Test
  void afterClosingEveryReadFailsTyped() {
    cluster.close();
    cluster.close();
    assertThatThrownBy(() -> cluster.reads(PODS).list(strong()))
        .isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> cluster.awaitSynced(Duration.ofSeconds(1)))
        .isInstanceOf(ClosedException.class);
  }

  @Test
  void explainNamesTheRouteAndWhyWithoutARequest() throws Exception {
    server.answerList(list(10, pod("a", 5, "web"), pod("b", 6, "db"), pod("c", 7, "db")));
    server.acceptWatch();
    Plan cachedPlan = cluster.reads(PODS).explain(Query.label("app", "db"), cached());
    assertThat(cachedPlan.route()).isEqualTo(Route.CACHED);
    assertThat(cachedPlan.candidates().getFirst().scanned()).hasValue(2);
    Plan strongPlan = cluster.reads(PODS).explain(Query.label("app", "db"), strong());
    assertThat(strongPlan.route()).isEqualTo(Route.DIRECT);
    assertThat(strongPlan.candidates().getFirst().scanned()).hasValue(3);
    assertThat(strongPlan.why()).isNotBlank();
    assertThat(server.hasUnseenRequests()).isFalse();
  }

  private static Throwable failureOf(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      return e;
    }
    throw new AssertionError("it did not fail");
  }
}
