package dev.freshet.cli.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.cli.rbac.FenceRights;
import dev.freshet.cli.rbac.Grantee;
import dev.freshet.object.ObjectKey;
import dev.freshet.webhook.reserve.Constraint;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MatchCondition;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperationsBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfigBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The objects of a {@link Deployment}, but for its workload: that is the user's own. */
public final class Manifests {

  private static final String NAMESPACE_LABEL = "kubernetes.io/metadata.name";
  private static final String NAME_LABEL = "app.kubernetes.io/name";
  private static final String RBAC_GROUP = "rbac.authorization.k8s.io";
  private static final int HTTPS = 443;
  private static final int PORT = 8443;

  private final Deployment webhook;

  public Manifests(Deployment webhook) {
    this.webhook = webhook;
  }

  /** All of them, in an order in which they can be applied. */
  public List<HasMetadata> objects() {
    List<HasMetadata> objects = new ArrayList<>();
    objects.add(
        new ServiceAccountBuilder()
            .withNewMetadata()
            .withNamespace(webhook.namespace())
            .withName(webhook.name())
            .endMetadata()
            .build());
    objects.addAll(rights());
    objects.addAll(new Room(qualifiedName(), account()).objects());
    if (!webhook.constraints().isEmpty()) {
      objects.addAll(claims());
    }
    if (webhook.selfMadeKeys()) {
      objects.addAll(new KeyRights(webhook.namespace(), webhook.name()).objects());
    }
    objects.add(service());
    objects.add(webhook.mutating() ? mutating() : validating());
    return objects;
  }

  /** To cache and fence what it reviews. */
  private List<HasMetadata> rights() {
    Optional<ObjectKey> touched =
        webhook.fence().map(pod -> new ObjectKey(webhook.namespace(), pod));
    return new FenceRights(webhook.type(), Optional.empty(), touched, true, account()).objects();
  }

  private Grantee.ServiceAccount account() {
    return new Grantee.ServiceAccount(webhook.namespace(), webhook.name());
  }

  /** To keep claims; RBAC cannot limit a creation to names. */
  private List<HasMetadata> claims() {
    List<String> names =
        webhook.constraints().stream()
            .flatMap(
                constraint ->
                    IntStream.range(0, Constraint.BUCKETS)
                        .mapToObj(bucket -> "freshet-claim-" + constraint + "-" + bucket))
            .toList();
    List<PolicyRule> rules =
        List.of(
            configMaps("create").build(),
            configMaps("get", "update").withResourceNames(names).build());
    String name = "freshet:claims:" + webhook.name();
    return List.of(
        new RoleBuilder()
            .withNewMetadata()
            .withNamespace(webhook.namespace())
            .withName(name)
            .endMetadata()
            .withRules(rules)
            .build(),
        new RoleBindingBuilder()
            .withNewMetadata()
            .withNamespace(webhook.namespace())
            .withName(name)
            .endMetadata()
            .withNewRoleRef(RBAC_GROUP, "Role", name)
            .withSubjects(account().subject())
            .build());
  }

  private static PolicyRuleBuilder configMaps(String... verbs) {
    return new PolicyRuleBuilder().withApiGroups("").withResources("configmaps").withVerbs(verbs);
  }

  private HasMetadata service() {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace(webhook.namespace())
        .withName(webhook.name())
        .endMetadata()
        .withNewSpec()
        .addToSelector(NAME_LABEL, webhook.name())
        .addNewPort()
        .withName("https")
        .withPort(HTTPS)
        .withNewTargetPort(PORT)
        .endPort()
        .endSpec()
        .build();
  }

  private HasMetadata validating() {
    return new ValidatingWebhookConfigurationBuilder()
        .withNewMetadata()
        .withName(webhook.name())
        .endMetadata()
        .addNewWebhook()
        .withName(qualifiedName())
        .withClientConfig(client())
        .withRules(rule())
        .withNamespaceSelector(reviewed())
        .withMatchConditions(notItself())
        .withFailurePolicy(webhook.failurePolicy())
        .withSideEffects(sideEffects())
        .withTimeoutSeconds(webhook.timeoutSeconds())
        .withAdmissionReviewVersions("v1")
        .endWebhook()
        .build();
  }

  private HasMetadata mutating() {
    return new MutatingWebhookConfigurationBuilder()
        .withNewMetadata()
        .withName(webhook.name())
        .endMetadata()
        .addNewWebhook()
        .withName(qualifiedName())
        .withClientConfig(client())
        .withRules(rule())
        .withNamespaceSelector(reviewed())
        .withMatchConditions(notItself())
        .withFailurePolicy(webhook.failurePolicy())
        .withSideEffects(sideEffects())
        .withTimeoutSeconds(webhook.timeoutSeconds())
        .withAdmissionReviewVersions("v1")
        .endWebhook()
        .build();
  }

  /** It must have a domain of three parts; its service has. */
  private String qualifiedName() {
    return webhook.name() + "." + webhook.namespace() + ".svc";
  }

  private WebhookClientConfig client() {
    return new WebhookClientConfigBuilder()
        .withNewService()
        .withNamespace(webhook.namespace())
        .withName(webhook.name())
        .withPath("/" + webhook.name())
        .withPort(HTTPS)
        .endService()
        .withCaBundle(
            webhook
                .authority()
                .map(pem -> Base64.getEncoder().encodeToString(pem.getBytes(UTF_8)))
                .orElse(null))
        .build();
  }

  private RuleWithOperations rule() {
    return new RuleWithOperationsBuilder()
        .withApiGroups(webhook.type().group())
        .withApiVersions(webhook.type().version())
        .withResources(webhook.type().plural())
        .withOperations(webhook.operations())
        .build();
  }

  /** Reservations are side effects, and dry runs have none. */
  private String sideEffects() {
    return webhook.constraints().isEmpty() ? "None" : "NoneOnDryRun";
  }

  /** A webhook that reviews what it needs to come up itself never comes up again. */
  private LabelSelector reviewed() {
    List<String> exempt = new ArrayList<>(webhook.exempt());
    exempt.add(webhook.namespace());
    return new LabelSelectorBuilder()
        .addNewMatchExpression()
        .withKey(NAMESPACE_LABEL)
        .withOperator("NotIn")
        .withValues(exempt.stream().distinct().toList())
        .endMatchExpression()
        .build();
  }

  /** What it writes itself, such as a touch, is not reviewed: it would wait for itself. */
  private MatchCondition notItself() {
    return new MatchCondition(
        "!(request.userInfo.username == '" + webhook.user() + "')", "not-itself");
  }

  /** How API servers are told to show a client certificate to webhooks. */
  public static String apiServerConfiguration() {
    return """
        # A file for kube-apiserver's --admission-control-config-file. The kubeconfig that it names:
        #   apiVersion: v1
        #   kind: Config
        #   users:
        #   - name: '*'
        #     user: {client-certificate: /etc/kubernetes/webhook-client.crt, client-key: /etc/kubernetes/webhook-client.key}
        apiVersion: apiserver.config.k8s.io/v1
        kind: AdmissionConfiguration
        plugins:
        - name: ValidatingAdmissionWebhook
          configuration:
            apiVersion: apiserver.config.k8s.io/v1
            kind: WebhookAdmissionConfiguration
            kubeConfigFile: /etc/kubernetes/webhook.kubeconfig
        - name: MutatingAdmissionWebhook
          configuration:
            apiVersion: apiserver.config.k8s.io/v1
            kind: WebhookAdmissionConfiguration
            kubeConfigFile: /etc/kubernetes/webhook.kubeconfig
        """;
  }
}
