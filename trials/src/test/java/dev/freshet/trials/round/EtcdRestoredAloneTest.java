package dev.freshet.trials.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.Consistency;
import dev.freshet.fabric8.Freshet;
import dev.freshet.testkit.process.Poll;
import dev.freshet.trials.stage.CacheShape;
import dev.freshet.trials.stage.Stage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * etcd is restored behind the back of API servers, which go on to answer lists and watches from
 * memory of the lost history. A client can see that only by the version of a write.
 */
@Tag("verify")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EtcdRestoredAloneTest {
  private static final int WRITES_LOST = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void aWriteBelowTheFrontierRaisesTheAlarmInHealthAndProvenance() throws Exception {
    try (Stage stage = Stage.open(1)) {
      Freshet freshet = stage.connect(CacheShape.WHOLE);
      var backup = stage.plane().backUpEtcd();
      var writers = stage.writers();
      writers.resume();
      assertThat(Poll.until("writes", PATIENCE, () -> writers.acknowledged() >= WRITES_LOST))
          .isTrue();
      writers.pause();
      assertThat(new Convergence(stage.etcd(), CacheShape.WHOLE.holdings(freshet)).await(soon()))
          .isEmpty();

      stage.plane().restoreEtcd(backup);
      var client = freshet.session().client();
      client.pods().inNamespace("default").resource(pod()).create();

      assertThat(freshet.health().getFirst().alarm()).isNotEmpty();
      assertThat(freshet.reads(Pod.class).list(Consistency.cached()).provenance().alarm())
          .isNotEmpty();
    }
  }

  private static long soon() {
    return System.nanoTime() + Round.CONVERGES_WITHIN.toNanos();
  }

  private static Pod pod() {
    return new PodBuilder()
        .withNewMetadata()
        .withName("after-the-restore")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage("example.com/main:1")
        .endContainer()
        .endSpec()
        .build();
  }
}
