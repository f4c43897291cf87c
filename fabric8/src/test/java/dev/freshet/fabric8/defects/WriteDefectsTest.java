package dev.freshet.fabric8.defects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.fabric8.Freshet;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.fault.Break;
import dev.freshet.testkit.fault.Disturbance;
import dev.freshet.testkit.fault.Fault;
import dev.freshet.testkit.fault.Request;
import dev.freshet.testkit.fault.RequestProxy;
import dev.freshet.testkit.fault.Statuses;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes that fabric8 kubernetes-client 8.0.0, and kube-rs, send more than once. */
@WithControlPlane
@Timeout(120)
class WriteDefectsTest {
  private static final ConfigMap GENERATED =
      new ConfigMapBuilder().withNewMetadata().withGenerateName("job-").endMetadata().build();

  private final KubernetesClient direct;
  private final String namespace;
  private final RequestProxy proxy;
  private final Freshet freshet;

  WriteDefectsTest(ControlPlane plane, KubernetesClient client, TestNamespace namespace) {
    this.direct = client;
    this.namespace = namespace.name();
    this.proxy = RequestProxy.inFrontOf(plane.config(User.TEST));
    this.freshet = Freshet.connect(options -> options.config(proxy.config()));
  }

  @AfterEach
  void close() {
    freshet.close();
    proxy.close();
  }

  // Seen in 8.0.0: a POST whose answer was lost is sent again, and makes a second object.
  @ParameterizedTest
  @EnumSource
  void aCreateWithAGeneratedNameWhoseAnswerIsLostMakesOneObject(Break how) {
    Disturbance lost = proxy.disturb(WriteDefectsTest::isCreate, new Fault.LoseAnswer(how));
    assertThatThrownBy(this::create).isInstanceOf(KubernetesClientException.class);
    assertThat(lost.met()).isEqualTo(1);
    assertThat(made()).isEqualTo(1);
  }

  @Test
  void aClientThatLostAnAnswerWritesAgain() {
    proxy.disturbNext(WriteDefectsTest::isCreate, new Fault.LoseAnswer(Break.CONNECTION));
    assertThatThrownBy(this::create).isInstanceOf(KubernetesClientException.class);
    create();
    assertThat(made()).isEqualTo(2);
  }

  // kube-rs sends a POST again after a 504, which may have been done.
  @Test
  void aCreateAnsweredWith504IsSentOnce() {
    Disturbance timeouts =
        proxy.disturb(WriteDefectsTest::isCreate, new Fault.ReplaceAnswer(Statuses.timeout()));
    assertThatThrownBy(this::create)
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(504));
    assertThat(timeouts.met()).isEqualTo(1);
    assertThat(made()).isEqualTo(1);
  }

  private static boolean isCreate(Request request) {
    return request.method().equals("POST");
  }

  private ConfigMap create() {
    return freshet.client().configMaps().inNamespace(namespace).resource(GENERATED).create();
  }

  private int made() {
    return direct.configMaps().inNamespace(namespace).list().getItems().size();
  }
}
