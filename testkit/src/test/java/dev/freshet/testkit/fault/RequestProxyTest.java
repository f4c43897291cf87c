package dev.freshet.testkit.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import dev.freshet.testkit.process.Poll;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@WithControlPlane
@Timeout(120)
class RequestProxyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SILENT_MILLIS = 100;
  private static final int MANY_BYTES = 300_000;

  private final KubernetesClient direct;
  private final String namespace;
  private final RequestProxy proxy;
  private final KubernetesClient client;
  private final Http http;

  RequestProxyTest(ControlPlane plane, KubernetesClient client, TestNamespace namespace)
      throws Exception {
    this.direct = client;
    this.namespace = namespace.name();
    this.proxy = RequestProxy.inFrontOf(plane.config(User.TEST));
    this.client = new KubernetesClientBuilder().withConfig(proxy.config()).build();
    this.http = new Http(proxy.config());
  }

  @AfterEach
  void close() {
    http.close();
    client.close();
    proxy.close();
  }

  @Test
  void withoutAFaultRequestsAndAnswersPassWhole() {
    ConfigMap big = map("big");
    big.getMetadata().getAnnotations().put("note", "ä".repeat(100_000));
    client.configMaps().inNamespace(namespace).resource(big).create();
    assertThat(direct.configMaps().inNamespace(namespace).withName("big").get())
        .isEqualTo(client.configMaps().inNamespace(namespace).withName("big").get());
  }

  @Test
  void aHeldWatchIsSilentWhileEverythingElseFlowsAndLosesNothing() throws Exception {
    var events = watch();
    create("before");
    assertThat(next(events)).contains("before");
    Disturbance held = proxy.disturb(Request::isWatch, new Fault.Hold());
    create("during");
    assertThat(client.configMaps().inNamespace(namespace).withName("during").get()).isNotNull();
    assertThat(events.poll(SILENT_MILLIS, TimeUnit.MILLISECONDS)).isNull();
    held.lift();
    assertThat(next(events)).contains("during");
    create("after");
    assertThat(next(events)).contains("after");
  }

  @Test
  void aHeldWatchFillsNeitherTheProxyNorTheWindowOfOthers() throws Exception {
    var events = watch();
    create("before");
    next(events);
    Disturbance held = proxy.disturb(Request::isWatch, new Fault.Hold());
    for (int i = 0; i < 10; i++) {
      ConfigMap big = map("big-" + i);
      big.getMetadata().getAnnotations().put("note", "x".repeat(MANY_BYTES / 2));
      client.configMaps().inNamespace(namespace).resource(big).create();
    }
    assertThat(client.configMaps().inNamespace(namespace).list().getItems()).hasSize(11);
    held.lift();
    for (int i = 0; i < 10; i++) {
      assertThat(next(events)).contains("\"name\":\"big-" + i + "\"");
    }
  }

  @Test
  void aWatchOpenedWhileHeldIsAnsweredOnlyWhenLifted() throws Exception {
    Disturbance held = proxy.disturb(Request::isWatch, new Fault.Hold());
    var opened = http.open(path() + "?watch=true");
    assertThat(Poll.until("the watch", PATIENCE, () -> held.met() == 1)).isTrue();
    assertThat(opened).isNotDone();
    held.lift();
    assertThat(opened).succeedsWithin(PATIENCE);
  }

  @Test
  void aLostAnswerBelongsToAWriteThatWasDone() {
    Disturbance lost =
        proxy.disturbNext(RequestProxyTest::isCreate, new Fault.LoseAnswer(Break.CONNECTION));
    assertThatThrownBy(() -> create("committed")).isInstanceOf(KubernetesClientException.class);
    assertThat(direct.configMaps().inNamespace(namespace).withName("committed").get()).isNotNull();
    assertThat(lost.met()).isEqualTo(1);
    assertThat(create("next")).isNotNull();
  }

  @Test
  void aLostRequestDidNothing() {
    proxy.disturbNext(RequestProxyTest::isCreate, new Fault.LoseRequest(Break.STREAM));
    assertThatThrownBy(() -> create("lost")).isInstanceOf(KubernetesClientException.class);
    assertThat(direct.configMaps().inNamespace(namespace).withName("lost").get()).isNull();
  }

  @Test
  void anAnswerCanBreakOffAfterAnyByte() throws Exception {
    create("a");
    assertThat(Poll.until("an answer's first bytes", PATIENCE, () -> brokenOffAfter(25) == 25))
        .isTrue();
    assertThat(http.get(path()).get().body()).endsWith("}\n");
  }

  /**
   * The bytes of an answer that breaks off. The JDK's client may drop bytes that came just before
   * the break, so there may be fewer than passed; there are never more.
   */
  private int brokenOffAfter(int bytes) {
    proxy.disturbNext(any -> true, new Fault.CutAnswer(bytes, Break.STREAM));
    var arrived = new ByteArrayOutputStream();
    assertThatThrownBy(() -> http.open(path()).join().body().transferTo(arrived))
        .rootCause()
        .isInstanceOf(IOException.class);
    assertThat(arrived.size()).isLessThanOrEqualTo(bytes);
    return arrived.size();
  }

  @Test
  void aFailureCanStandInForTheAnswerOfACommittedWrite() {
    proxy.disturbNext(RequestProxyTest::isCreate, new Fault.ReplaceAnswer(Statuses.timeout()));
    assertThatThrownBy(() -> create("committed"))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(504));
    assertThat(direct.configMaps().inNamespace(namespace).withName("committed").get()).isNotNull();
  }

  @Test
  void aRefusedRequestDidNothing() {
    proxy.disturbNext(
        RequestProxyTest::isCreate, new Fault.Refuse(Statuses.of(429, "TooManyRequests", "later")));
    assertThatThrownBy(() -> create("refused"))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(429));
    assertThat(direct.configMaps().inNamespace(namespace).withName("refused").get()).isNull();
  }

  @Test
  void aDisturbanceFallsOnNothingOnceItIsLifted() {
    try (Disturbance all =
        proxy.disturb(RequestProxyTest::isCreate, new Fault.LoseRequest(Break.STREAM))) {
      assertThatThrownBy(() -> create("a")).isInstanceOf(KubernetesClientException.class);
      assertThatThrownBy(() -> create("a")).isInstanceOf(KubernetesClientException.class);
      assertThat(all.met()).isEqualTo(2);
    }
    assertThat(create("a")).isNotNull();
  }

  private static boolean isCreate(Request request) {
    return request.method().equals("POST");
  }

  private String path() {
    return "/api/v1/namespaces/" + namespace + "/configmaps";
  }

  /** The lines of a watch from now on. */
  private LinkedBlockingQueue<String> watch() throws Exception {
    String version =
        client.configMaps().inNamespace(namespace).list().getMetadata().getResourceVersion();
    var answer = http.open(path() + "?watch=true&resourceVersion=" + version).get();
    var lines = new LinkedBlockingQueue<String>();
    Thread.ofVirtual().start(() -> read(answer.body(), lines));
    return lines;
  }

  private static void read(InputStream body, LinkedBlockingQueue<String> lines) {
    try (var reader = new BufferedReader(new InputStreamReader(body, UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static String next(LinkedBlockingQueue<String> lines) throws InterruptedException {
    String line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(line).isNotNull();
    return line;
  }

  private static ConfigMap map(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .addToAnnotations("made-by", "test")
        .endMetadata()
        .build();
  }

  private ConfigMap create(String name) {
    return client.configMaps().inNamespace(namespace).resource(map(name)).create();
  }
}
