package dev.freshet.testkit.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EtcdBackupTest {
  private static final ConcurrentMap<Integer, URI> ROUTES = new ConcurrentHashMap<>();

  private static ControlPlane plane;

  @BeforeAll
  static void start() {
    plane =
        ControlPlane.start(
            ControlPlaneOptions.standard()
                .servers(2)
                .etcdRoute(
                    (server, etcd) -> {
                      ROUTES.put(server, etcd);
                      return etcd;
                    }));
  }

  @AfterAll
  static void close() {
    plane.close();
  }

  @Test
  void whatWasWrittenAfterTheBackupIsLostAndItsVersionsComeAgain() throws Exception {
    ConfigMap kept = create("kept");
    EtcdBackup backup = plane.backUpEtcd();
    ConfigMap lost = create("lost");

    for (int i = 0; i < plane.servers(); i++) {
      plane.server(i).kill();
    }
    plane.restoreEtcd(backup);
    long restored = revisionOfEtcd();
    for (int i = 0; i < plane.servers(); i++) {
      plane.server(i).start();
    }

    assertThat(read("kept")).isEqualTo(kept);
    assertThat(read("lost")).isNull();
    assertThat(restored).isLessThan(version(lost));
  }

  @Test
  void eachServerIsAskedForItsWayToEtcd() {
    assertThat(ROUTES).containsOnlyKeys(0, 1);
    assertThat(ROUTES.values()).containsOnly(plane.etcd().uri());
  }

  private static long version(ConfigMap map) {
    return Long.parseLong(map.getMetadata().getResourceVersion());
  }

  private static long revisionOfEtcd() throws Exception {
    var request =
        HttpRequest.newBuilder(plane.etcd().uri().resolve("/v3/kv/range"))
            .POST(BodyPublishers.ofString("{\"key\":\"AA==\"}"))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      String answer = client.send(request, BodyHandlers.ofString()).body();
      return new JsonMapper().readTree(answer).at("/header/revision").asLong();
    }
  }

  private static ConfigMap create(String name) {
    var map = new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().build();
    return plane.client(User.ADMIN).configMaps().inNamespace("default").resource(map).create();
  }

  private static ConfigMap read(String name) {
    return plane.client(User.ADMIN).configMaps().inNamespace("default").withName(name).get();
  }
}
