package dev.freshet.fabric8;

import static dev.freshet.Consistency.cached;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.CacheHealth;
import dev.freshet.ReadList;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.workload.Churn;
import dev.freshet.testkit.workload.ChurnOptions;
import dev.freshet.testkit.workload.Population;
import dev.freshet.testkit.workload.Workload;
import dev.freshet.testkit.workload.WorkloadSpec;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The API server goes away under a running cache that follows changes. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RestartTest {

  @Test
  void afterTheServerWasKilledUnderChurnTheCacheEndsEqualToEtcd() throws Exception {
    killAndRestart(1);
  }

  @Test
  @Tag("verify")
  void soItDoesTimeAndAgain() throws Exception {
    killAndRestart(10);
  }

  private static void killAndRestart(int rounds) throws Exception {
    try (ControlPlane plane = ControlPlane.start()) {
      Population population =
          new Workload(WorkloadSpec.of(300)).create(plane.config(User.TEST), progress -> {});
      try (Freshet freshet =
          Freshet.connect(options -> options.config(plane.config(User.TEST)).cache(Pod.class))) {
        freshet.awaitSynced(Duration.ofSeconds(60));
        Etcd etcd = new Etcd(plane);
        for (int round = 0; round < rounds; round++) {
          churn(plane, population, round);
          plane.server(0).kill();
          Await.until("the cache notices", () -> state(freshet) == CacheHealth.State.RETRYING);
          assertThat(freshet.health().getFirst().why()).isNotBlank();
          assertThat(freshet.reads(Pod.class).list(cached())).isNotEmpty();
          plane.server(0).start();
          churn(plane, population, round + 100);
          Map<String, String> held = etcd.revisions("pods");
          Await.until("the cache equals etcd", () -> revisions(freshet).equals(held));
          assertThat(freshet.health().getFirst().state()).isEqualTo(CacheHealth.State.WATCHING);
        }
      }
    }
  }

  private static void churn(ControlPlane plane, Population population, long seed)
      throws InterruptedException {
    ChurnOptions options = ChurnOptions.of(100, Duration.ofSeconds(2)).seed(seed);
    try (Churn churn = Churn.start(plane.config(User.TEST), population, options, write -> {})) {
      assertThat(churn.awaitEnd(Duration.ofSeconds(60))).isTrue();
    }
  }

  private static CacheHealth.State state(Freshet freshet) {
    return freshet.health().getFirst().state();
  }

  private static Map<String, String> revisions(Freshet freshet) {
    ReadList<Pod> read = freshet.reads(Pod.class).list(cached());
    Map<String, String> revisions = new TreeMap<>();
    read.rows().forEach(row -> revisions.put(row.key().toString(), row.resourceVersion().text()));
    return revisions;
  }
}
