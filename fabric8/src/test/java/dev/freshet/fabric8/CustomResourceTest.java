package dev.freshet.fabric8;

import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.strong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.Reads;
import dev.freshet.error.ApiException;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.object.ResourceType;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.TestRole;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithControlPlane
class CustomResourceTest {

  private static final ResourceType BY_NAMES =
      new ResourceType(TestRole.CUSTOM_GROUP, "v1", "rayclusters", "RayCluster", true);

  /** A custom resource as a fabric8 user writes it. */
  @Group(TestRole.CUSTOM_GROUP)
  @Version("v1")
  public static final class RayCluster extends CustomResource<Map<String, Object>, Void>
      implements Namespaced {
    private static final long serialVersionUID = 1L;
  }

  private final ControlPlane plane;
  private final KubernetesClient client;
  private final String namespace;

  CustomResourceTest(ControlPlane plane, KubernetesClient client, TestNamespace namespace) {
    this.plane = plane;
    this.client = client;
    this.namespace = namespace.name();
  }

  @BeforeEach
  void define() {
    CustomResourceDefinition definition =
        new CustomResourceDefinitionBuilder()
            .withNewMetadata()
            .withName("rayclusters." + TestRole.CUSTOM_GROUP)
            .endMetadata()
            .withNewSpec()
            .withGroup(TestRole.CUSTOM_GROUP)
            .withScope("Namespaced")
            .withNewNames()
            .withPlural("rayclusters")
            .withSingular("raycluster")
            .withShortNames("rc9")
            .withKind("RayCluster")
            .endNames()
            .addNewVersion()
            .withName("v1")
            .withServed(true)
            .withStorage(true)
            .withNewSchema()
            .withNewOpenAPIV3Schema()
            .withType("object")
            .withXKubernetesPreserveUnknownFields(true)
            .endOpenAPIV3Schema()
            .endSchema()
            .endVersion()
            .endSpec()
            .build();
    client.resource(definition).serverSideApply();
    Await.until(
        "the custom resource is served",
        () ->
            client
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(definition.getMetadata().getName())
                .get()
                .getStatus()
                .getConditions()
                .stream()
                .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True")));
  }

  @Test
  void readsACustomResourceByClassAndByNames() {
    try (Freshet freshet =
        Freshet.connect(
            options -> options.config(plane.config(User.TEST)).cache(RayCluster.class))) {
      freshet.awaitSynced(Duration.ofSeconds(60));
      RayCluster wanted = new RayCluster();
      wanted.setMetadata(
          new ObjectMetaBuilder()
              .withNamespace(namespace)
              .withName("ray-1")
              .addToAnnotations("note", "größe ☃ 🚀")
              .build());
      wanted.setSpec(Map.of("workers", 3));
      RayCluster created = client.resource(wanted).create();

      Reads<RayCluster> byClass = freshet.reads(RayCluster.class).inNamespace(namespace);
      assertThat(byClass.get("ray-1", strong()).object().orElseThrow().getSpec())
          .containsEntry("workers", 3);
      Await.until("the cache has it", () -> byClass.get("ray-1", cached()).isPresent());

      var byNames = freshet.reads(BY_NAMES).inNamespace(namespace).list(cached());
      assertThat(byNames.rows().getFirst().get("metadata.annotations.note")).contains("größe ☃ 🚀");
      assertThat(byNames.getFirst().getMetadata().getUid())
          .isEqualTo(created.getMetadata().getUid());
      assertThat(freshet.kinds().find("rc9").type()).isEqualTo(BY_NAMES);
    }
  }

  @Test
  void anUnknownKindSuggestsNearNames() {
    try (Freshet freshet = Freshet.connect(options -> options.config(plane.config(User.TEST)))) {
      assertThatThrownBy(() -> freshet.kinds().find("deploymets"))
          .isInstanceOf(UnsupportedReadException.class)
          .hasMessageContaining("deployments.apps");
    }
  }

  @Test
  void aForbiddenReadNamesTheVerbAndResourceToGrant() {
    try (Freshet freshet = Freshet.connect(options -> options.config(plane.config(User.TEST)))) {
      assertThatThrownBy(() -> freshet.reads(Secret.class).list(strong()))
          .isInstanceOfSatisfying(
              ApiException.class,
              e -> {
                assertThat(e.code()).isEqualTo(403);
                assertThat(e.reason()).isEqualTo("Forbidden");
                assertThat(e.remedy()).contains("\"list\"").contains("\"secrets\"");
              });
    }
  }

  @Test
  void aKindTheServerDoesNotServeSaysSo() {
    ResourceType absent = new ResourceType("nobody.example", "v1", "things", "Thing", true);
    try (Freshet freshet = Freshet.connect(options -> options.config(plane.config(User.ADMIN)))) {
      assertThatThrownBy(() -> freshet.reads(absent).list(strong()))
          .hasMessageContaining("does not serve things.nobody.example");
    }
  }
}
