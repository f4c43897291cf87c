package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The printed rights on an API server that authorizes by RBAC. */
@WithControlPlane
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FenceRbacTest {

  private static final String STATUS =
      "{\"status\":{\"conditions\":[{\"type\":\"x\",\"status\":\"True\"}]}}";

  private final ControlPlane plane;
  private final KubernetesClient client;
  private final TestNamespace namespace;
  private final User account;

  FenceRbacTest(ControlPlane plane, KubernetesClient client, TestNamespace namespace) {
    this.plane = plane;
    this.client = client;
    this.namespace = namespace;
    // As the API server calls whoever shows a token of the account.
    this.account =
        new User(
            "system:serviceaccount:" + namespace.name() + ":quota",
            List.of("system:serviceaccounts"));
  }

  @BeforeEach
  void createPods() {
    for (String name : List.of("sentinel", "other")) {
      client
          .pods()
          .inNamespace(namespace.name())
          .resource(
              new PodBuilder()
                  .withNewMetadata()
                  .withName(name)
                  .endMetadata()
                  .withNewSpec()
                  .addNewContainer()
                  .withName("main")
                  .withImage("registry.invalid/main:1")
                  .endContainer()
                  .endSpec()
                  .build())
          .create();
    }
  }

  private Run rbac(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("fence", "rbac", "--kubeconfig", plane.kubeconfig(User.TEST).toString()));
    args.addAll(List.of(more));
    return Run.of(args.toArray(String[]::new));
  }

  private void apply(String yaml) {
    KubernetesClient admin = plane.client(User.ADMIN);
    admin
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(item -> admin.resource(item).create());
  }

  private Run listAsAccount(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "list",
                "pods",
                "-o",
                "name",
                "-n",
                namespace.name(),
                "--kubeconfig",
                plane.kubeconfig(account).toString()));
    args.addAll(List.of(more));
    return Run.of(args.toArray(String[]::new));
  }

  /** The API server authorizes from caches of its own, which learn of new roles a little later. */
  private Run untilItTakes(String route, String... args) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    Run run = listAsAccount(args);
    while (!run.err().contains("route=" + route + " ") && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      run = listAsAccount(args);
    }
    RunAssert.assertThat(run).succeeded();
    assertThat(run.err()).contains("route=" + route + " ");
    return run;
  }

  @Test
  void whoeverHasTheRightsMayTouchTheOneObjectAndNoOther() {
    Run rights = rbac("-n", namespace.name(), "--touch", "sentinel", "--service-account", "quota");
    RunAssert.assertThat(rights).succeeded();
    RunAssert.assertThat(listAsAccount())
        .failedWith(ExitCode.FAILED, "not allowed to list pods", "");
    apply(rights.out());
    assertThat(untilItTakes("touch", "--fence", "touch", "--touch", "sentinel").outLines())
        .containsExactly("pod/other", "pod/sentinel");
    assertThat(untilItTakes("bookmark", "--fence", "bookmark").outLines()).hasSize(2);
    assertThat(listAsAccount("--fence", "touch", "--touch", "other").err())
        .contains("route=direct", "the touch was refused", "403");
    KubernetesClient own = plane.client(account);
    assertThatThrownBy(() -> patchStatus(own, "other"))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("Forbidden");
    assertThatThrownBy(() -> own.pods().inNamespace(namespace.name()).withName("sentinel").delete())
        .hasMessageContaining("Forbidden");
    assertThatThrownBy(() -> own.pods().inAnyNamespace().list()).hasMessageContaining("Forbidden");
  }

  private void patchStatus(KubernetesClient own, String pod) {
    own.pods()
        .inNamespace(namespace.name())
        .withName(pod)
        .subresource("status")
        .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), STATUS);
  }

  @Test
  void rightsInAllNamespacesTouchInOneOnly() {
    Run rights = rbac("-A", "--touch", namespace.name() + "/sentinel", "--user", account.name());
    RunAssert.assertThat(rights).succeeded();
    try {
      apply(rights.out());
      untilItTakes("touch", "--fence", "touch", "--touch", "sentinel");
      KubernetesClient own = plane.client(account);
      assertThat(own.pods().inAnyNamespace().list().getItems()).isNotEmpty();
    } finally {
      KubernetesClient admin = plane.client(User.ADMIN);
      admin.load(new ByteArrayInputStream(rights.out().getBytes(StandardCharsets.UTF_8))).delete();
    }
  }

  @Test
  void theTextBeginsWithWhatItGrants() {
    Run rights = rbac("--kind", "deploy", "-n", "shop");
    RunAssert.assertThat(rights).succeeded();
    assertThat(rights.outLines().getFirst())
        .isEqualTo(
            "# the service account shop/freshet may cache and probe deployments.apps in shop.");
    assertThat(rights.err()).isEmpty();
  }
}
