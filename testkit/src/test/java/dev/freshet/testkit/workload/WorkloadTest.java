package dev.freshet.testkit.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.Progress;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

@WithControlPlane
class WorkloadTest {
  private static final int PODS = 100;

  private final ControlPlane plane;
  private final KubernetesClient client;
  private final WorkloadSpec spec;

  WorkloadTest(ControlPlane plane, KubernetesClient client, TestNamespace namespace) {
    this.plane = plane;
    this.client = client;
    this.spec = WorkloadSpec.of(PODS).namespaces(namespace.name());
  }

  @Test
  void thePodsAreAsLargeAsRealOnes() {
    create(Progress.silent());
    String path = "/api/v1/namespaces/" + spec.namespaces().getFirst() + "/pods";

    int bytes = client.raw(path).length();

    assertThat(bytes / PODS).isBetween(9_000, 11_000);
  }

  @Test
  void everyPodRuns() {
    create(Progress.silent());

    assertThat(pods()).hasSize(PODS).allMatch(pod -> pod.getStatus().getPhase().equals("Running"));
  }

  @Test
  void theWorkersAreThoseThatTheLabelSelects() {
    Population population = create(Progress.silent());

    var workers =
        client
            .pods()
            .inNamespace(spec.namespaces().getFirst())
            .withLabel(Workload.NODE_TYPE_LABEL, Workload.WORKER)
            .list();

    assertThat(workers.getItems()).hasSize(population.workers()).hasSize(PODS / 2);
  }

  @Test
  void progressEndsAtTheNumberOfPods() {
    var steps = new ConcurrentLinkedQueue<Progress.Step>();

    create(steps::add);

    assertThat(steps).extracting(Progress.Step::done).contains((long) PODS);
  }

  private Population create(Progress progress) {
    return new Workload(spec).create(plane.config(User.TEST), progress);
  }

  private List<Pod> pods() {
    return client.pods().inNamespace(spec.namespaces().getFirst()).list().getItems();
  }
}
