package dev.freshet.cli.rbac;

import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceType;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What somebody must be allowed so that a cache of one kind can be kept and fenced. A cache, a
 * probe and a bookmark watch list and watch; a touch patches one object.
 *
 * @param namespace the one that the cache holds; empty for all, and for a kind that has none
 * @param touched the object to touch, {@link #ANY} for each in its namespace; empty for no touch
 * @param made whether it is a Pod that Freshet makes and deletes; RBAC cannot limit a creation to
 *     one name
 */
public record FenceRights(
    ResourceType type,
    Optional<String> namespace,
    Optional<ObjectKey> touched,
    boolean made,
    Grantee to) {

  /** The name that stands for every object. */
  public static final String ANY = "*";

  static final String GROUP = "rbac.authorization.k8s.io";

  /** The roles and their bindings. */
  public List<HasMetadata> objects() {
    List<PolicyRule> reading = new ArrayList<>(List.of(read()));
    List<HasMetadata> objects = new ArrayList<>();
    List<HasMetadata> apart = new ArrayList<>();
    touched.ifPresent(
        object -> {
          boolean alike =
              !type.namespaced() || namespace.filter(object.namespace()::equals).isPresent();
          if (alike) {
            reading.addAll(touch(object));
          } else {
            apart.addAll(inNamespace(object.namespace(), name("touch"), touch(object)));
          }
        });
    String name = name("fence");
    objects.addAll(
        namespace
            .map(only -> inNamespace(only, name, reading))
            .orElseGet(() -> everywhere(name, reading)));
    objects.addAll(apart);
    return objects;
  }

  /** Each grantee has roles of its own, so that no grant takes away another. */
  private String name(String what) {
    return "freshet:" + what + ":" + type.qualifiedName() + ":" + to.label();
  }

  private PolicyRule read() {
    return on(type.plural(), "list", "watch").build();
  }

  /** Pods are touched in their status, which starts nothing; other objects in an annotation. */
  private List<PolicyRule> touch(ObjectKey object) {
    String resource = type.qualifiedName().equals("pods") ? "pods/status" : type.plural();
    List<PolicyRule> rules = new ArrayList<>();
    rules.add(onNamed(object, resource, "patch"));
    if (made) {
      rules.add(on(type.plural(), "create").build());
      rules.add(onNamed(object, type.plural(), "delete"));
    }
    return rules;
  }

  private PolicyRule onNamed(ObjectKey object, String resource, String verb) {
    PolicyRuleBuilder rule = on(resource, verb);
    return object.name().equals(ANY) ? rule.build() : rule.withResourceNames(object.name()).build();
  }

  private PolicyRuleBuilder on(String resource, String... verbs) {
    return new PolicyRuleBuilder()
        .withApiGroups(type.group())
        .withResources(resource)
        .withVerbs(verbs);
  }

  private List<HasMetadata> inNamespace(String where, String name, List<PolicyRule> rules) {
    return List.of(
        new RoleBuilder()
            .withNewMetadata()
            .withNamespace(where)
            .withName(name)
            .endMetadata()
            .withRules(rules)
            .build(),
        new RoleBindingBuilder()
            .withNewMetadata()
            .withNamespace(where)
            .withName(name)
            .endMetadata()
            .withNewRoleRef(GROUP, "Role", name)
            .withSubjects(to.subject())
            .build());
  }

  private List<HasMetadata> everywhere(String name, List<PolicyRule> rules) {
    return List.of(
        new ClusterRoleBuilder()
            .withNewMetadata()
            .withName(name)
            .endMetadata()
            .withRules(rules)
            .build(),
        new ClusterRoleBindingBuilder()
            .withNewMetadata()
            .withName(name)
            .endMetadata()
            .withNewRoleRef(GROUP, "ClusterRole", name)
            .withSubjects(to.subject())
            .build());
  }

  /** What is granted, in one line. */
  @Override
  public String toString() {
    String where =
        !type.namespaced() ? "" : namespace.map(only -> " in " + only).orElse(" in all namespaces");
    return to
        + " may cache and probe "
        + type
        + where
        + touched
            .map(object -> ", and " + (made ? "make and " : "") + "touch " + object(object))
            .orElse("");
  }

  private static String object(ObjectKey touched) {
    return touched.name().equals(ANY) ? "each in " + touched.namespace() : touched.toString();
  }
}
