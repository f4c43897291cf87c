package dev.freshet.fabric8;

import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.strong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.CacheDeclaration;
import dev.freshet.Fence;
import dev.freshet.Query;
import dev.freshet.ReadList;
import dev.freshet.Reads;
import dev.freshet.Route;
import dev.freshet.TouchTarget;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.Rule;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can be touched and what cannot, on the real server. */
@WithControlPlane
@Timeout(120)
class TouchOnServerTest {

  private final ControlPlane plane;
  private final KubernetesClient client;
  private final String namespace;

  TouchOnServerTest(ControlPlane plane, KubernetesClient client, TestNamespace namespace) {
    this.plane = plane;
    this.client = client;
    this.namespace = namespace.name();
  }

  @Test
  void aPodIsMadeToBeTouchedMadeAnewIfItIsDeletedAndDeletedInTheEnd() {
    try (Freshet freshet =
        connect(
            User.TEST,
            Pod.class,
            pods -> pods.touching(TouchTarget.sentinel(namespace, "fence")))) {
      Reads<Pod> pods = freshet.reads(Pod.class).inNamespace(namespace).fence(Fence.TOUCH);
      ReadList<Pod> first = pods.list(strong());
      assertThat(first.provenance().route()).isEqualTo(Route.TOUCH);
      assertThat(first.provenance().requests().sent()).isEqualTo(2);
      Pod made = Objects.requireNonNull(sentinel());
      assertThat(made.getSpec().getSchedulingGates()).isNotEmpty();
      assertThat(first).extracting(pod -> pod.getMetadata().getUid()).containsExactly(uid(made));

      client.resource(made).withGracePeriod(0).delete();
      ReadList<Pod> second = pods.list(strong());
      assertThat(second.provenance().route()).isEqualTo(Route.TOUCH);
      Pod anew = Objects.requireNonNull(sentinel());
      assertThat(uid(anew)).isNotEqualTo(uid(made));
      assertThat(second).extracting(pod -> pod.getMetadata().getUid()).containsExactly(uid(anew));

      ReadList<Pod> third = pods.list(strong());
      assertThat(third.provenance().requests().sent()).isEqualTo(1);
      assertThat(third.getFirst().getStatus().getConditions())
          .anyMatch(condition -> condition.getType().equals("freshet.dev/fence"));
    }
    assertThat(sentinel()).isNull();
  }

  private Pod sentinel() {
    return client.pods().inNamespace(namespace).withName("fence").get();
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }

  @Test
  void anObjectThatIsDeletedIsLeftAloneAndTheServerAsked() {
    create(client, "lock");
    try (Freshet freshet =
        connect(User.TEST, ConfigMap.class, maps -> maps.touching(namespace, "lock"))) {
      Reads<ConfigMap> maps =
          freshet.reads(ConfigMap.class).inNamespace(namespace).fence(Fence.TOUCH).as("toucher");
      assertThat(maps.list(strong()).provenance().route()).isEqualTo(Route.TOUCH);
      client.configMaps().inNamespace(namespace).withName("lock").delete();
      ReadList<ConfigMap> vain = maps.list(strong());
      assertThat(vain).isEmpty();
      assertThat(vain.provenance().route()).isEqualTo(Route.DIRECT);
      assertThat(vain.provenance().why()).contains("there is no configmaps");
      assertThat(vain.provenance().requests()).hasToString("2");
      ReadList<ConfigMap> again = maps.list(strong());
      assertThat(again.provenance().why()).contains("the last touch was refused");
      assertThat(again.provenance().requests()).hasToString("1");
    }
  }

  @Test
  void withoutTheRightToTouchOtherWaysAreTaken() {
    User reader = plane.grant(User.named("reader"), Rule.read("", "configmaps"));
    create(client, "lock");
    try (Freshet freshet =
        connect(reader, ConfigMap.class, maps -> maps.touching(namespace, "lock"))) {
      Reads<ConfigMap> maps = freshet.reads(ConfigMap.class).inNamespace(namespace);
      ReadList<ConfigMap> read = maps.fence(Fence.TOUCH).list(strong());
      assertThat(read).hasSize(1);
      assertThat(read.provenance().why()).contains("not allowed to patch configmaps");
      assertThat(maps.explain(Query.everything(), strong()).candidates())
          .noneMatch(candidate -> candidate.route() == Route.TOUCH);
      assertThat(maps.list(strong()).provenance().satisfied()).isTrue();
    }
  }

  @Test
  void ofSeveralStreamsOneHasTheObject() {
    create(client, "lock");
    try (Freshet freshet =
        connect(
            User.TEST,
            ConfigMap.class,
            maps -> maps.inNamespaces(namespace, "default").touching(namespace, "lock"))) {
      Reads<ConfigMap> maps = freshet.reads(ConfigMap.class).fence(Fence.TOUCH);
      assertThat(maps.inNamespace(namespace).list(strong()).provenance().route())
          .isEqualTo(Route.TOUCH);
      ReadList<ConfigMap> elsewhere = maps.inNamespace("default").list(strong());
      assertThat(elsewhere.provenance().route()).isEqualTo(Route.DIRECT);
      assertThat(elsewhere.provenance().why()).contains("no object to touch is declared");
    }
  }

  @Test
  void eventsAreListedForTheyShareVersions() {
    try (Freshet freshet = connect(User.TEST, Event.class, UnaryOperator.identity())) {
      Reads<Event> events = freshet.reads(Event.class).inNamespace(namespace);
      for (Fence fence : Fence.values()) {
        ReadList<Event> read = events.fence(fence).list(strong());
        assertThat(read.provenance().route()).as(fence.toString()).isEqualTo(Route.DIRECT);
      }
      assertThat(events.list(cached()).provenance().route()).isEqualTo(Route.CACHED);
    }
  }

  /** The condition that docs/how-to/fences.md gives. */
  @Test
  void aMatchConditionKeepsTheTouchAwayFromAWebhook() {
    create(client, "lock");
    KubernetesClient admin = plane.client(User.ADMIN);
    ValidatingWebhookConfiguration webhook = webhookThatNobodyServes();
    admin.resource(webhook).create();
    try (Freshet freshet =
        connect(User.TEST, ConfigMap.class, maps -> maps.touching(namespace, "lock"))) {
      // Whatever the webhook is asked about fails, since nobody answers for it.
      Await.until("the webhook is asked", this::isCreationRefused);
      ReadList<ConfigMap> read =
          freshet.reads(ConfigMap.class).inNamespace(namespace).fence(Fence.TOUCH).list(strong());
      assertThat(read.provenance().route()).as(read.provenance().why()).isEqualTo(Route.TOUCH);
      assertThatThrownBy(() -> admin.resource(map("lock")).serverSideApply())
          .as("the same object by somebody else")
          .hasMessageContaining("nobody.freshet.dev");
    } finally {
      admin.resource(webhook).delete();
    }
  }

  private boolean isCreationRefused() {
    try {
      create(client, "other");
      return false;
    } catch (KubernetesClientException e) {
      return String.valueOf(e.getMessage()).contains("nobody.freshet.dev");
    }
  }

  private ValidatingWebhookConfiguration webhookThatNobodyServes() {
    return new ValidatingWebhookConfigurationBuilder()
        .withNewMetadata()
        .withName("nobody-" + namespace)
        .endMetadata()
        .addNewWebhook()
        .withName("nobody.freshet.dev")
        .withFailurePolicy("Fail")
        .withSideEffects("None")
        .withTimeoutSeconds(1)
        .withAdmissionReviewVersions("v1")
        .withNewClientConfig()
        .withUrl("https://127.0.0.1:1/")
        .endClientConfig()
        .withNewNamespaceSelector()
        .withMatchLabels(Map.of("kubernetes.io/metadata.name", namespace))
        .endNamespaceSelector()
        .addNewRule()
        .withApiGroups("")
        .withApiVersions("v1")
        .withOperations("CREATE", "UPDATE")
        .withResources("configmaps")
        .endRule()
        .addNewMatchCondition()
        .withName("not-freshet")
        .withExpression(
            "!(request.namespace == '%s' && request.name == '%s' && request.userInfo.username == '%s')"
                .formatted(namespace, "lock", User.TEST.name()))
        .endMatchCondition()
        .endWebhook()
        .build();
  }

  private <T extends HasMetadata> Freshet connect(
      User user, Class<T> kind, UnaryOperator<CacheDeclaration> declared) {
    Freshet freshet =
        Freshet.connect(options -> options.config(plane.config(user)).cache(kind, declared));
    freshet.awaitSynced(Duration.ofSeconds(60));
    return freshet;
  }

  private ConfigMap map(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .addToData("written", Long.toString(System.nanoTime()))
        .build();
  }

  private void create(KubernetesClient by, String name) {
    by.resource(map(name)).serverSideApply();
  }
}
