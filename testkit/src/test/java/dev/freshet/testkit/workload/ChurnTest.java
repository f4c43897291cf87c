package dev.freshet.testkit.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.Progress;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import dev.freshet.testkit.workload.ChurnObserver.Acknowledged;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithControlPlane
class ChurnTest {
  private static final int PODS = 40;
  private static final int WRITES = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ControlPlane plane;
  private final KubernetesClient client;
  private final String namespace;
  private final ConcurrentLinkedQueue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
  private final ChurnOptions options =
      new ChurnOptions(WRITES, 0.5, 0.3, 0.3, Duration.ofSeconds(1), 1, new ImpatientTicker());
  private Population population;

  ChurnTest(ControlPlane plane, KubernetesClient client, TestNamespace namespace) {
    this.plane = plane;
    this.client = client;
    this.namespace = namespace.name();
    this.population =
        new Workload(WorkloadSpec.of(PODS).namespaces(this.namespace))
            .create(plane.config(User.TEST), Progress.silent());
  }

  @BeforeEach
  void churn() throws InterruptedException {
    try (var churn = Churn.start(plane.config(User.TEST), population, options, acknowledged::add)) {
      assertThat(churn.awaitEnd(PATIENCE)).isTrue();
      assertThat(churn.summary().total()).isEqualTo(acknowledged.size());
      assertThat(churn.summary().refused() + churn.summary().unknown()).isZero();
    }
  }

  @Test
  void theLastAcknowledgedWriteOfEachPodIsWhatTheServerHolds() {
    Map<PodKey, String> held = new HashMap<>();
    pods().forEach(pod -> held.put(key(pod), fields(pod.getMetadata())));
    Map<PodKey, Acknowledged> last = new HashMap<>();
    acknowledged.forEach(write -> last.put(write.key(), write));

    assertThat(last).isNotEmpty();
    last.forEach(
        (key, write) ->
            assertThat(held.getOrDefault(key, "absent"))
                .as("%s after %s", key, write.kind())
                .isEqualTo(write.kind() == WriteKind.DELETE ? "absent" : fields(write)));
  }

  @Test
  void theVersionsOfOnePodRise() {
    Map<PodKey, Long> seen = new HashMap<>();

    assertThat(acknowledged)
        .allSatisfy(
            write -> {
              long version = Long.parseLong(write.resourceVersion());
              assertThat(version).isGreaterThan(seen.getOrDefault(write.key(), 0L));
              seen.put(write.key(), version);
            });
  }

  @Test
  void everyKindOfWriteHappens() {
    assertThat(acknowledged).extracting(Acknowledged::kind).contains(WriteKind.values());
  }

  @Test
  void halfOfTheWritesHitWorkers() {
    long workers = acknowledged.stream().filter(Acknowledged::worker).count();

    assertThat((double) workers / acknowledged.size()).isBetween(0.35, 0.65);
  }

  @Test
  void noTwoWritesLeaveTheSameTag() {
    assertThat(acknowledged.stream().filter(write -> write.kind() != WriteKind.DELETE))
        .extracting(Acknowledged::tag)
        .doesNotHaveDuplicates();
  }

  @Test
  void thePopulationIsKeptUpToDate() {
    assertThat(population.keys())
        .containsExactlyInAnyOrderElementsOf(pods().stream().map(ChurnTest::key).toList());
  }

  @Test
  void aSecondChurnGoesOnWhereTheFirstEnded() throws InterruptedException {
    try (var churn =
        Churn.start(plane.config(User.TEST), population, options.seed(2), acknowledged::add)) {
      assertThat(churn.awaitEnd(PATIENCE)).isTrue();
      assertThat(churn.stop().refused()).isZero();
    }
  }

  private List<Pod> pods() {
    return client.pods().inNamespace(namespace).list().getItems();
  }

  private static PodKey key(Pod pod) {
    return new PodKey(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
  }

  private static String fields(ObjectMeta metadata) {
    return String.join(
        " ",
        metadata.getUid(),
        metadata.getResourceVersion(),
        metadata.getAnnotations().get(Workload.TAG),
        new TreeMap<>(metadata.getLabels()).toString());
  }

  private static String fields(Acknowledged write) {
    return String.join(
        " ",
        write.uid(),
        write.resourceVersion(),
        write.tag(),
        new TreeMap<>(write.labels()).toString());
  }

  /** A time that jumps to whatever is waited for. */
  private static final class ImpatientTicker implements Ticker {
    private long nowNanos;

    @Override
    public synchronized long nanoTime() {
      return nowNanos;
    }

    @Override
    public synchronized void sleepUntil(long nanoTime) {
      nowNanos = Math.max(nowNanos, nanoTime);
    }
  }
}
