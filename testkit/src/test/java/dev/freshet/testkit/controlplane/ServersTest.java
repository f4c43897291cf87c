package dev.freshet.testkit.controlplane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ServersTest {
  private static final String TOKEN = "a-token-of-a-test";

  private static ControlPlane plane;

  @BeforeAll
  static void start() {
    plane =
        ControlPlane.start(
            ControlPlaneOptions.standard().servers(2).readableStorage().token(TOKEN, User.TEST));
  }

  @AfterAll
  static void close() {
    plane.close();
  }

  @Test
  void oneServerSeesWhatIsWrittenThroughTheOther() {
    String name = create(0);

    assertThat(read(name, 1)).isNotNull();
  }

  @Test
  void aStoppedServerComesBackWithItsDataOnTheSamePort() {
    String name = create(1);
    var uri = plane.server(1).uri();

    plane.server(1).stop();
    assertThat(plane.server(1).alive()).isFalse();
    plane.server(1).start();

    assertThat(plane.server(1).uri()).isEqualTo(uri);
    assertThat(read(name, 1)).isNotNull();
  }

  @Test
  void aKilledEtcdComesBackWithItsData() {
    String name = create(0);

    plane.etcd().kill();
    plane.etcd().start();

    assertThat(read(name, 0)).isNotNull();
  }

  @Test
  void aPausedServerAnswersAfterItIsResumed() {
    plane.server(1).pause();
    assertThat(plane.server(1).alive()).isTrue();
    plane.server(1).resume();

    assertThat(plane.client(User.TEST, 1).namespaces().withName("default").get()).isNotNull();
  }

  @Test
  void aRefereeCanReadWhatEtcdHolds() throws Exception {
    String name = create(0);
    String key = encoded("/registry/configmaps/default/" + name);
    var request =
        HttpRequest.newBuilder(plane.etcd().uri().resolve("/v3/kv/range"))
            .POST(BodyPublishers.ofString("{\"key\":\"" + key + "\"}"))
            .build();

    try (var client = HttpClient.newHttpClient()) {
      String answer = client.send(request, BodyHandlers.ofString()).body();
      String value = new JsonMapper().readTree(answer).at("/kvs/0/value").asString();
      assertThat(new String(Base64.getDecoder().decode(value), UTF_8))
          .startsWith("{\"kind\":\"ConfigMap\"");
    }
  }

  @Test
  void aBearerTokenStandsForItsUser() {
    var config = plane.config(User.TEST);
    config.setClientCertData(null);
    config.setClientKeyData(null);
    config.setOauthToken(TOKEN);

    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      assertThat(client.namespaces().withName("default").get()).isNotNull();
    }
  }

  @Test
  void aWrongFlagIsReportedWithTheLastLinesOfTheLog() {
    var options = ControlPlaneOptions.standard().serverFlags("--no-such-flag");

    assertThatThrownBy(() -> ControlPlane.start(options))
        .isInstanceOf(ProcessDiedException.class)
        .hasMessageContaining("kube-apiserver-0 ended")
        .hasMessageContaining("unknown flag: --no-such-flag");
  }

  private static String encoded(String key) {
    return Base64.getEncoder().encodeToString(key.getBytes(UTF_8));
  }

  private static String create(int server) {
    String name = "map-" + UUID.randomUUID();
    var map = new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().build();
    plane.client(User.TEST, server).configMaps().inNamespace("default").resource(map).create();
    return name;
  }

  private static ConfigMap read(String name, int server) {
    return plane.client(User.TEST, server).configMaps().inNamespace("default").withName(name).get();
  }
}
