package dev.freshet.testkit.controlplane;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.util.List;

/**
 * One rule of RBAC: these verbs on these resources, in every namespace.
 *
 * @param verbs such as {@code get}, {@code list}, {@code watch}, {@code create}
 * @param group the API group; empty for the core group
 * @param resources plural names, subresources as {@code pods/status}
 */
public record Rule(List<String> verbs, String group, List<String> resources) {
  private static final List<String> READ = List.of("get", "list", "watch");
  private static final List<String> WRITE =
      List.of("create", "update", "patch", "delete", "deletecollection");

  public Rule {
    verbs = List.copyOf(verbs);
    resources = List.copyOf(resources);
  }

  /** Get, list and watch. */
  public static Rule read(String group, String... resources) {
    return new Rule(READ, group, List.of(resources));
  }

  /** Create, update, patch, delete and deletecollection. */
  public static Rule write(String group, String... resources) {
    return new Rule(WRITE, group, List.of(resources));
  }

  PolicyRule toPolicyRule() {
    return new PolicyRuleBuilder()
        .withVerbs(verbs)
        .withApiGroups(group)
        .withResources(resources)
        .build();
  }
}
