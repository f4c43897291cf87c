package dev.freshet.cli.webhook;

import dev.freshet.cli.rbac.Grantee;
import dev.freshet.webhook.keys.SelfMadeOptions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.List;

/**
 * What a webhook needs to make its own certificates: a Secret for them, and its own configurations
 * to write its authority into. RBAC cannot limit a creation to names.
 *
 * @param namespace of the webhook
 * @param name of the webhook, its account and its configurations
 */
record KeyRights(String namespace, String name) {

  private static final String RBAC_GROUP = "rbac.authorization.k8s.io";

  List<HasMetadata> objects() {
    String role = "freshet:keys:" + name;
    String clusterRole = "freshet:keys:" + namespace + ":" + name;
    Subject account = new Grantee.ServiceAccount(namespace, name).subject();
    return List.of(
        new RoleBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(role)
            .endMetadata()
            .withRules(secrets())
            .build(),
        new RoleBindingBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(role)
            .endMetadata()
            .withNewRoleRef(RBAC_GROUP, "Role", role)
            .withSubjects(account)
            .build(),
        new ClusterRoleBuilder()
            .withNewMetadata()
            .withName(clusterRole)
            .endMetadata()
            .withRules(configurations())
            .build(),
        new ClusterRoleBindingBuilder()
            .withNewMetadata()
            .withName(clusterRole)
            .endMetadata()
            .withNewRoleRef(RBAC_GROUP, "ClusterRole", clusterRole)
            .withSubjects(account)
            .build());
  }

  private List<PolicyRule> secrets() {
    return List.of(
        secrets("create").build(),
        secrets("get", "update").withResourceNames(SelfMadeOptions.secretOf(name)).build());
  }

  private static PolicyRuleBuilder secrets(String... verbs) {
    return new PolicyRuleBuilder().withApiGroups("").withResources("secrets").withVerbs(verbs);
  }

  private PolicyRule configurations() {
    return new PolicyRuleBuilder()
        .withApiGroups("admissionregistration.k8s.io")
        .withResources("validatingwebhookconfigurations", "mutatingwebhookconfigurations")
        .withVerbs("get", "update")
        .withResourceNames(name)
        .build();
  }
}
