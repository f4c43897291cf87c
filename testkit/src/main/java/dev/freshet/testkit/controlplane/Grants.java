package dev.freshet.testkit.controlplane;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.process.Poll;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Gives users rights by RBAC, and waits until the API servers know. */
final class Grants {
  private static final Duration KNOWN_WITHIN = Duration.ofSeconds(20);
  private static final String RBAC_GROUP = "rbac.authorization.k8s.io";

  private Grants() {}

  static void give(List<KubernetesClient> admins, User user, List<Rule> rules) {
    String name = "freshet:" + user.name();
    KubernetesClient first = admins.getFirst();
    var role =
        new ClusterRoleBuilder()
            .withNewMetadata()
            .withName(name)
            .endMetadata()
            .withRules(rules.stream().map(Rule::toPolicyRule).toList())
            .build();
    var binding =
        new ClusterRoleBindingBuilder()
            .withNewMetadata()
            .withName(name)
            .endMetadata()
            .withNewRoleRef(RBAC_GROUP, "ClusterRole", name)
            .addNewSubject(RBAC_GROUP, "User", user.name(), null)
            .build();
    first.rbac().clusterRoles().resource(role).createOr(NonDeletingOperation::update);
    first.rbac().clusterRoleBindings().resource(binding).createOr(NonDeletingOperation::update);
    admins.forEach(admin -> awaitKnown(admin, user, rules));
  }

  /** An API server authorizes from its own caches, which lag behind the write by milliseconds. */
  private static void awaitKnown(KubernetesClient admin, User user, List<Rule> rules) {
    boolean known =
        Poll.until(
            "RBAC of " + user.name(),
            KNOWN_WITHIN,
            () -> rules.stream().allMatch(rule -> allowed(admin, user, rule)));
    if (!known) {
      throw new TestkitException(
          "%s does not know the rights given to %s after %d s. Is it paused or overloaded?"
              .formatted(admin.getMasterUrl(), user.name(), KNOWN_WITHIN.toSeconds()));
    }
  }

  private static boolean allowed(KubernetesClient admin, User user, Rule rule) {
    var parts = Arrays.asList(rule.resources().getFirst().split("/", 2));
    SubjectAccessReview review =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(user.name())
            .withNewResourceAttributes()
            .withVerb(rule.verbs().getFirst())
            .withGroup(rule.group())
            .withResource(parts.getFirst())
            .withSubresource(parts.size() > 1 ? parts.get(1) : "")
            .endResourceAttributes()
            .endSpec()
            .build();
    return admin.resource(review).create().getStatus().getAllowed();
  }
}
