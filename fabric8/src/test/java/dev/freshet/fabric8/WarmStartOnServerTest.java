package dev.freshet.fabric8;

import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.strong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.CacheHealth;
import dev.freshet.Fence;
import dev.freshet.ReadList;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.workload.Churn;
import dev.freshet.testkit.workload.ChurnOptions;
import dev.freshet.testkit.workload.Population;
import dev.freshet.testkit.workload.Workload;
import dev.freshet.testkit.workload.WorkloadSpec;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program stops and starts again, on the real server. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WarmStartOnServerTest {

  private static final Duration SYNCED_WITHIN = Duration.ofSeconds(60);

  private static final int PODS = 300;

  private static ControlPlane plane;
  private static Population population;

  @TempDir private Path directory;

  @BeforeAll
  static void startPlane() {
    plane = ControlPlane.start();
    population =
        new Workload(WorkloadSpec.of(PODS)).create(plane.config(User.TEST), progress -> {});
  }

  @AfterAll
  static void stopPlane() {
    plane.close();
  }

  private Freshet connect() {
    Freshet freshet =
        Freshet.connect(
            options ->
                options.config(plane.config(User.TEST)).savingTo(directory).cache(Pod.class));
    freshet.awaitSynced(SYNCED_WITHIN);
    return freshet;
  }

  private static CacheHealth health(Freshet freshet) {
    return freshet.health().getFirst();
  }

  private static Map<String, String> revisions(ReadList<Pod> read) {
    Map<String, String> revisions = new TreeMap<>();
    read.rows().forEach(row -> revisions.put(row.key().toString(), row.resourceVersion().text()));
    return revisions;
  }

  private static void churn(long seed) throws InterruptedException {
    ChurnOptions options = ChurnOptions.of(100, Duration.ofSeconds(2)).seed(seed);
    try (Churn churn = Churn.start(plane.config(User.TEST), population, options, write -> {})) {
      assertThat(churn.awaitEnd(Duration.ofSeconds(60))).isTrue();
    }
  }

  @Test
  void aStrongReadSeesWhatHappenedWhileNobodyRanWithoutAList() throws Exception {
    connect().close();
    churn(1);
    try (Freshet freshet = connect()) {
      ReadList<Pod> read = freshet.reads(Pod.class).fence(Fence.BOOKMARK).list(strong());
      assertThat(revisions(read)).isEqualTo(new Etcd(plane).revisions("pods"));
      assertThat(health(freshet).lists()).isZero();
      assertThat(health(freshet).resumed()).isPresent();
    }
  }

  @Test
  void wholeObjectsAreWhatTheServerSends() {
    connect().close();
    try (Freshet freshet = connect()) {
      List<Pod> saved = List.copyOf(freshet.reads(Pod.class).list(cached()));
      assertThat(saved)
          .isEqualTo(List.copyOf(freshet.reads(Pod.class).fence(Fence.DIRECT).list(strong())));
      assertThat(health(freshet).lists()).isZero();
    }
  }

  @Test
  void whatWasGoneOnFromIsAuditedAndFoundEqual() {
    connect().close();
    try (Freshet freshet = connect()) {
      Await.until("an audit", () -> health(freshet).lastAudit().contains("objects equal"));
      assertThat(health(freshet).lists()).isZero();
    }
  }

  @Test
  void aServerThatDoesNotRememberIsListed() throws Exception {
    connect().close();
    churn(2);
    plane.server(0).kill();
    plane.server(0).start();
    churn(3);
    try (Freshet freshet = connect()) {
      Await.until("a list", () -> health(freshet).lists() == 1);
      Map<String, String> held = new Etcd(plane).revisions("pods");
      Await.until(
          "the cache equals etcd",
          () -> revisions(freshet.reads(Pod.class).list(cached())).equals(held));
      assertThat(health(freshet).resumed()).isEmpty();
    }
  }
}
