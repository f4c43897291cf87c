package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.flowcontrol.v1.FlowSchema;
import io.fabric8.kubernetes.api.model.flowcontrol.v1.PriorityLevelConfiguration;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed for a webhook, as the API server takes it. */
@WithControlPlane
class WebhookManifestsTest {

  @TempDir private Path directory;

  private final KubernetesClient admin;
  private final String namespace;

  WebhookManifestsTest(ControlPlane plane, TestNamespace namespace) {
    this.admin = plane.client(User.ADMIN);
    this.namespace = namespace.name();
  }

  private List<HasMetadata> manifests(String... more) {
    List<String> args = new ArrayList<>(List.of("webhook", "manifests", "quota", "-n", namespace));
    args.addAll(List.of(more));
    Run run = Run.of(args.toArray(String[]::new));
    RunAssert.assertThat(run).succeeded();
    return admin.load(new ByteArrayInputStream(run.out().getBytes(StandardCharsets.UTF_8))).items();
  }

  private static <T> T only(List<HasMetadata> objects, Class<T> type) {
    List<T> found = objects.stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  /** All but stored: a registration would hold up the other tests of this control plane. */
  @Test
  void theApiServerTakesAllOfIt() {
    List<HasMetadata> objects = manifests("--fence", "fence", "--constraint", "workers,names");
    assertThat(objects)
        .extracting(HasMetadata::getKind)
        .contains("ServiceAccount", "ClusterRole", "Role", "Service", "FlowSchema")
        .endsWith("ValidatingWebhookConfiguration");
    for (HasMetadata object : objects) {
      assertThat(admin.resource(object).dryRun().create()).isNotNull();
    }
  }

  @Test
  void theDefaultsAreSafe() {
    ValidatingWebhook webhook =
        only(manifests(), ValidatingWebhookConfiguration.class).getWebhooks().getFirst();
    assertThat(webhook.getTimeoutSeconds()).isEqualTo(5);
    assertThat(webhook.getFailurePolicy()).isEqualTo("Fail");
    assertThat(webhook.getSideEffects()).isEqualTo("None");
    assertThat(webhook.getAdmissionReviewVersions()).containsExactly("v1");
    assertThat(webhook.getRules().getFirst().getOperations()).containsExactly("CREATE", "UPDATE");
    assertThat(webhook.getNamespaceSelector().getMatchExpressions().getFirst().getValues())
        .containsExactly("kube-system", namespace);
    assertThat(webhook.getMatchConditions().getFirst().getExpression())
        .contains("system:serviceaccount:" + namespace + ":quota");
    assertThat(webhook.getClientConfig().getService().getPath()).isEqualTo("/quota");
    assertThat(webhook.getClientConfig().getCaBundle()).isNull();
  }

  @Test
  void itsOwnRequestsHaveSeatsThatNobodyElseTakes() {
    List<HasMetadata> objects = manifests();
    var level = only(objects, PriorityLevelConfiguration.class);
    var flow = only(objects, FlowSchema.class);
    assertThat(level.getSpec().getLimited().getLendablePercent()).isZero();
    assertThat(flow.getSpec().getPriorityLevelConfiguration().getName())
        .isEqualTo(level.getMetadata().getName());
    var account = flow.getSpec().getRules().getFirst().getSubjects().getFirst().getServiceAccount();
    assertThat(account.getNamespace()).isEqualTo(namespace);
    assertThat(account.getName()).isEqualTo("quota");
  }

  @Test
  void claimsAreSideEffectsAndHaveTheirRights() {
    List<HasMetadata> objects = manifests("--constraint", "workers");
    assertThat(
            only(objects, ValidatingWebhookConfiguration.class)
                .getWebhooks()
                .getFirst()
                .getSideEffects())
        .isEqualTo("NoneOnDryRun");
    assertThat(only(objects, Role.class).getRules().getLast().getResourceNames())
        .hasSize(64)
        .contains("freshet-claim-workers-0", "freshet-claim-workers-63");
  }

  @Test
  void keysOfItsOwnNeedTheirSecretAndItsConfigurations() {
    List<HasMetadata> objects = manifests("--self-made-keys");
    Role secrets = only(objects, Role.class);
    assertThat(secrets.getRules().getFirst().getResourceNames()).isEmpty();
    assertThat(secrets.getRules().getLast().getResourceNames()).containsExactly("quota-keys");
    assertThat(objects)
        .filteredOn(object -> object.getMetadata().getName().startsWith("freshet:keys:"))
        .extracting(HasMetadata::getKind)
        .containsExactly("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");
    for (HasMetadata object : objects) {
      assertThat(admin.resource(object).dryRun().create()).isNotNull();
    }
  }

  @Test
  void keysOfItsOwnHaveNoOtherAuthority() {
    RunAssert.assertThat(
            Run.of("webhook", "manifests", "quota", "--self-made-keys", "--ca", "ca.crt"))
        .failedWith(ExitCode.USAGE, "--ca is for certificates of somebody else", "--help");
  }

  @Test
  void aMutatingOneOfAnotherKindBringsItsAuthority() throws Exception {
    Path ca = Files.writeString(directory.resolve("ca.crt"), "-----BEGIN CERTIFICATE-----\n");
    var webhook =
        only(
                manifests("--mutating", "--resource", "deployments.apps", "--ca", ca.toString()),
                MutatingWebhookConfiguration.class)
            .getWebhooks()
            .getFirst();
    assertThat(webhook.getRules().getFirst().getApiGroups()).containsExactly("apps");
    assertThat(webhook.getClientConfig().getCaBundle()).isNotEmpty();
  }

  @Test
  void aFileWithoutACertificateIsRefused() throws Exception {
    Path empty = Files.writeString(directory.resolve("empty"), "nothing");
    RunAssert.assertThat(Run.of("webhook", "manifests", "quota", "--ca", empty.toString()))
        .failedWith(ExitCode.FAILED, "holds no certificate", "PEM");
  }

  @Test
  void theApiServersOwnConfigurationIsPrintedApart() {
    Run run = Run.of("webhook", "manifests", "--api-server");
    RunAssert.assertThat(run).succeeded();
    assertThat(run.out()).contains("kind: AdmissionConfiguration", "kubeConfigFile:");
  }
}
