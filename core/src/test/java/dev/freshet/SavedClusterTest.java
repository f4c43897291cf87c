package dev.freshet;

import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.strong;
import static dev.freshet.scripted.Wire.bookmark;
import static dev.freshet.scripted.Wire.list;
import static dev.freshet.scripted.Wire.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.ResourceType;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.scripted.Wire;
import dev.freshet.transport.ApiRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reads of a cluster whose caches were saved by an earlier process. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SavedClusterTest {

  private static final Model<String> PODS = new JsonModel(Wire.PODS);
  private static final ResourceType SECRETS = new ResourceType("", "v1", "secrets", "Secret", true);

  @TempDir private Path directory;
  private final VirtualTime time = new VirtualTime();
  private ScriptedServer server = new ScriptedServer();

  private Cluster open(CacheDeclaration cache) {
    server = new ScriptedServer();
    return Cluster.open(
        server,
        ClusterOptions.defaults().caller("test").time(time).savingTo(directory).cache(cache));
  }

  private Cluster openPods() {
    return open(CacheDeclaration.of(Wire.PODS).auditEvery(Duration.ZERO));
  }

  private void identify() throws InterruptedException {
    var question = server.nextRequest();
    assertThat(question.request().pathAndQuery())
        .isEqualTo("/api/v1/namespaces?fieldSelector=metadata.name%3Dkube-system");
    question.answer(200).push(list(40, pod("kube-system", 1))).end();
  }

  @BeforeEach
  void anEarlierProcessSavedTwoPodsAtTwenty() throws Exception {
    Cluster earlier = openPods();
    server.answerList(list(10, pod("a", 5), pod("b", 6)));
    server.acceptWatch().deliver(bookmark(20));
    var closing = CompletableFuture.runAsync(earlier::close);
    identify();
    closing.get();
    time.advance(Duration.ofMinutes(2));
  }

  @Test
  void aStrongReadPassesAFenceWithoutAnyList() throws Exception {
    try (Cluster cluster = openPods()) {
      identify();
      server.answerProbe(20);
      server.acceptWatch();
      Reads<String> pods = cluster.reads(PODS).fence(Fence.PROBE);
      var answer = CompletableFuture.supplyAsync(() -> pods.list(strong()));
      server.answerProbe(20);
      Provenance provenance = answer.get().provenance();
      assertThat(answer.get().rows()).extracting(Row::name).containsExactly("a", "b");
      assertThat(provenance.route()).isEqualTo(Route.PROBE);
      assertThat(provenance.behindAtMost()).contains(Duration.ZERO);
      assertThat(cluster.health().getFirst().lists()).isZero();
    }
  }

  @Test
  void aStrongReadNeedNotWaitForTheFeedsOwnWatch() throws Exception {
    try (Cluster cluster = openPods()) {
      identify();
      var confirmation = server.nextRequest();
      assertThat(confirmation.request().purpose()).isEqualTo(ApiRequest.Purpose.PROBE);
      Reads<String> pods = cluster.reads(PODS).fence(Fence.BOOKMARK);
      var answer = CompletableFuture.supplyAsync(() -> pods.list(strong()));
      server.answerProbe(25);
      server.acceptWatch().deliver(bookmark(25)).end();
      assertThat(answer.get().provenance().asOf().text()).isEqualTo("25");
      assertThat(answer.get().provenance().route()).isEqualTo(Route.BOOKMARK);
    }
  }

  @Test
  void aServerThatHasJustStartedAndRefusesEverybodyIsAskedAgainWhichClusterItIs() throws Exception {
    try (Cluster cluster = openPods()) {
      server.nextRequest().answer(403).push("{\"kind\":\"Status\",\"reason\":\"Forbidden\"}").end();
      identify();
      server.answerProbe(20);
      server.acceptWatch();
      assertThat(cluster.health().getFirst().lists()).isZero();
    }
  }

  @Test
  void cachedReadsSayHowOldTheyAreFromTheFirstMomentOn() throws Exception {
    try (Cluster cluster = openPods()) {
      identify();
      server.nextRequest();
      cluster.awaitSynced(Duration.ZERO);
      ReadList<String> read = cluster.reads(PODS).list(cached());
      assertThat(read.rows()).extracting(Row::name).containsExactly("a", "b");
      assertThat(read.provenance().behindAtMost()).contains(Duration.ofMinutes(2));
    }
  }

  @Test
  void healthSaysThatTheStateIsFromDisk() throws Exception {
    try (Cluster cluster = openPods()) {
      identify();
      server.nextRequest();
      CacheHealth health = cluster.health().getFirst();
      assertThat(health.resumed().orElseThrow().toEpochMilli())
          .isEqualTo(time.wallMillis() - Duration.ofMinutes(2).toMillis());
      assertThat(health.lastSaved()).isEqualTo("none yet");
    }
  }

  @Test
  void secretsAreNeitherSavedNorIsTheClusterAskedForThem() throws Exception {
    Cluster cluster = open(CacheDeclaration.of(SECRETS).auditEvery(Duration.ZERO));
    server.answerList(list(10, pod("a", 5)));
    server.acceptWatch();
    assertThat(cluster.health().getFirst().lastSaved()).isEqualTo("off");
    cluster.close();
    assertThat(server.hasUnseenRequests()).isFalse();
  }
}
