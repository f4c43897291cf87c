package dev.freshet.cli.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceType;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FenceRightsTest {

  private static final ResourceType PODS = new ResourceType("", "v1", "pods", "Pod", true);
  private static final ResourceType NODES = new ResourceType("", "v1", "nodes", "Node", false);
  private static final ResourceType DEPLOYMENTS =
      new ResourceType("apps", "v1", "deployments", "Deployment", true);

  private static final Grantee ACCOUNT = new Grantee.ServiceAccount("shop", "quota");

  private static List<HasMetadata> objects(
      ResourceType type, String namespace, String touchNamespace, String touch) {
    return new FenceRights(
            type,
            Optional.of(namespace).filter(text -> !text.isEmpty()),
            Optional.of(new ObjectKey(touchNamespace, touch)).filter(key -> !key.name().isEmpty()),
            false,
            ACCOUNT)
        .objects();
  }

  private static List<String> kinds(List<HasMetadata> objects) {
    return objects.stream().map(HasMetadata::getKind).toList();
  }

  private static String text(PolicyRule rule) {
    return rule.getVerbs()
        + " "
        + rule.getApiGroups()
        + " "
        + rule.getResources()
        + " "
        + rule.getResourceNames();
  }

  @Test
  void aProbeNeedsNoMoreThanACache() {
    List<HasMetadata> objects = objects(PODS, "shop", "", "");
    assertThat(kinds(objects)).containsExactly("Role", "RoleBinding");
    assertThat(((Role) objects.getFirst()).getRules())
        .extracting(FenceRightsTest::text)
        .containsExactly("[list, watch] [] [pods] []");
  }

  @Test
  void aPodIsTouchedInItsStatusAndInNothingElse() {
    Role role = (Role) objects(PODS, "shop", "shop", "sentinel").getFirst();
    assertThat(role.getMetadata().getNamespace()).isEqualTo("shop");
    assertThat(role.getRules())
        .extracting(FenceRightsTest::text)
        .containsExactly("[list, watch] [] [pods] []", "[patch] [] [pods/status] [sentinel]");
  }

  @Test
  void aPodThatIsMadeNeedsToBeCreatedAndDeletedToo() {
    var rights =
        new FenceRights(
            PODS, Optional.of("shop"), Optional.of(new ObjectKey("shop", "fence")), true, ACCOUNT);
    assertThat(((Role) rights.objects().getFirst()).getRules())
        .extracting(FenceRightsTest::text)
        .containsExactly(
            "[list, watch] [] [pods] []",
            "[patch] [] [pods/status] [fence]",
            "[create] [] [pods] []",
            "[delete] [] [pods] [fence]");
    assertThat(rights.toString()).endsWith(" in shop, and make and touch shop/fence");
  }

  @Test
  void anyOtherObjectIsTouchedItself() {
    Role role = (Role) objects(DEPLOYMENTS, "shop", "shop", "web").getFirst();
    assertThat(role.getMetadata().getName()).isEqualTo("freshet:fence:deployments.apps:shop:quota");
    assertThat(text(role.getRules().get(1))).isEqualTo("[patch] [apps] [deployments] [web]");
  }

  @Test
  void readingAllNamespacesStillTouchesInOneOnly() {
    List<HasMetadata> objects = objects(PODS, "", "shop", "sentinel");
    assertThat(kinds(objects))
        .containsExactly("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding");
    assertThat(((ClusterRole) objects.getFirst()).getRules()).hasSize(1);
    assertThat(objects.get(2).getMetadata().getNamespace()).isEqualTo("shop");
    assertThat(objects.get(2).getMetadata().getName()).isEqualTo("freshet:touch:pods:shop:quota");
  }

  @Test
  void aClusterScopedKindNeedsAClusterRoleForBoth() {
    List<HasMetadata> objects = objects(NODES, "", "", "node-1");
    assertThat(kinds(objects)).containsExactly("ClusterRole", "ClusterRoleBinding");
    assertThat(((ClusterRole) objects.getFirst()).getRules()).hasSize(2);
  }

  @Test
  void aStarTouchesWhateverIsThere() {
    Role role = (Role) objects(PODS, "shop", "shop", "*").getFirst();
    assertThat(role.getRules().get(1).getResourceNames()).isNullOrEmpty();
  }

  @Test
  void aServiceAccountIsBoundInItsOwnNamespace() {
    RoleBinding binding = (RoleBinding) objects(PODS, "ray", "", "").get(1);
    assertThat(binding.getSubjects().getFirst().getKind()).isEqualTo("ServiceAccount");
    assertThat(binding.getSubjects().getFirst().getNamespace()).isEqualTo("shop");
    assertThat(binding.getRoleRef().getName()).isEqualTo("freshet:fence:pods:shop:quota");
  }

  @Test
  void itSaysInOneLineWhatIsGranted() {
    var rights =
        new FenceRights(
            PODS,
            Optional.empty(),
            Optional.of(new ObjectKey("shop", "sentinel")),
            false,
            new Grantee.User("jane"));
    assertThat(rights)
        .hasToString(
            "the user jane may cache and probe pods in all namespaces, and touch shop/sentinel");
  }

  @Test
  void whoeverElseIsGrantedRightsHasRolesOfTheirOwn() {
    var jane = new FenceRights(PODS, Optional.empty(), Optional.empty(), false, user("oidc/jane"));
    var john = new FenceRights(PODS, Optional.empty(), Optional.empty(), false, user("oidc/john"));
    assertThat(jane.objects().getFirst().getMetadata().getName())
        .isEqualTo("freshet:fence:pods:oidc-jane");
    assertThat(john.objects().getFirst().getMetadata().getName())
        .isEqualTo("freshet:fence:pods:oidc-john");
  }

  private static Grantee user(String name) {
    return new Grantee.User(name);
  }
}
