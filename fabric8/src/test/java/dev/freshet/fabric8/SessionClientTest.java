package dev.freshet.fabric8;

import static dev.freshet.Consistency.readYourWrites;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.CacheDeclaration;
import dev.freshet.Consistency.Otherwise;
import dev.freshet.Query;
import dev.freshet.error.CacheBehindException;
import dev.freshet.object.ResourceType;
import dev.freshet.testkit.fault.Answers;
import dev.freshet.testkit.fault.FaultServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.impl.BaseClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session's client shares the parts of another and ends alone. */
@Timeout(120)
class SessionClientTest {

  private static final ResourceType PODS = new ResourceType("", "v1", "pods", "Pod", true);
  private static final Answers ANSWERS = Answers.of(Pod.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final FaultServer server = FaultServer.start().refuseStreamedLists();
  private final Freshet freshet =
      Freshet.connect(
          options ->
              options
                  .config(server.config())
                  .cache(CacheDeclaration.of(PODS).auditEvery(Duration.ZERO)));
  private final FreshetSession session = freshet.session();
  private final KubernetesClient client = session.client();

  @AfterEach
  void close() {
    freshet.close();
    server.close();
  }

  private static Pod pod(String namespace, String name, String version) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .withUid("uid-" + name)
        .withResourceVersion(version)
        .endMetadata()
        .build();
  }

  private static KubernetesClient inNamespace(KubernetesClient client, String namespace) {
    return client.adapt(NamespacedKubernetesClient.class).inNamespace(namespace);
  }

  @Test
  void whatWasOpenedWithItEndsWithItOnceAndNothingOfAnothers() {
    AtomicInteger ours = new AtomicInteger();
    AtomicInteger others = new AtomicInteger();
    AtomicInteger gone = new AtomicInteger();
    AutoCloseable open = ours::incrementAndGet;
    AutoCloseable ofAnother = others::incrementAndGet;
    AutoCloseable closedBefore = gone::incrementAndGet;
    BaseClient base = (BaseClient) client;
    base.addToCloseable(open);
    base.addToCloseable(closedBefore);
    base.removeFromCloseable(closedBefore);
    ((BaseClient) freshet.session().client()).addToCloseable(ofAnother);
    client.close();
    client.close();
    assertThat(ours).hasValue(1);
    assertThat(others).hasValue(0);
    assertThat(gone).hasValue(0);
    assertThat(base.getClosed()).isDone();
    assertThat(((BaseClient) freshet.client()).getClosed()).isNotDone();
    assertThatThrownBy(() -> base.addToCloseable(open))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("another session");
  }

  @Test
  void aClosedOneSendsNothingAndTheOthersDo() {
    server.answerList(ANSWERS.list(10));
    server.acceptWatch();
    client.close();
    assertThatThrownBy(() -> client.pods().inNamespace("a").list())
        .isInstanceOf(KubernetesClientException.class);
    assertThat(server.hasUnseenRequests()).isFalse();
    var list =
        CompletableFuture.supplyAsync(
            () -> freshet.session().client().pods().inNamespace("a").list().getItems());
    server.answerList(ANSWERS.list(11, pod("a", "x", "5")));
    assertThat(list.join()).hasSize(1);
  }

  @Test
  void oneOfAnotherNamespaceEndsWithTheOneThatItIsOf() {
    KubernetesClient other = inNamespace(client, "b");
    assertThat(other.getNamespace()).isEqualTo("b");
    other.close();
    assertThat(((BaseClient) client).getClosed()).isDone();
    assertThat(client.getHttpClient().isClosed()).isTrue();
    assertThat(freshet.client().getHttpClient().isClosed()).isFalse();
  }

  @Test
  void oneOfAnotherNamespaceReportsToTheSameSession() {
    server.answerList(ANSWERS.list(10));
    server.acceptWatch();
    freshet.awaitSynced(PATIENCE);
    var created =
        CompletableFuture.supplyAsync(
            () -> inNamespace(client, "b").pods().resource(pod("b", "x", "0")).create());
    var request = server.nextRequest();
    assertThat(request.request().path()).isEqualTo("/api/v1/namespaces/b/pods");
    request.answer(201, Answers.json(pod("b", "x", "11")));
    created.join();
    assertThatThrownBy(
            () ->
                session
                    .reads(Pod.class)
                    .list(
                        Query.everything(),
                        readYourWrites().waitingAtMost(Duration.ZERO).otherwise(Otherwise.FAIL)))
        .isInstanceOf(CacheBehindException.class)
        .hasMessageContaining("11");
  }
}
