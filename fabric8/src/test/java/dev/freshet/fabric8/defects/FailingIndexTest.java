package dev.freshet.fabric8.defects;

import static dev.freshet.Consistency.cached;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.CacheDeclaration;
import dev.freshet.Change;
import dev.freshet.Query;
import dev.freshet.Reads;
import dev.freshet.Row;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.fabric8.Freshet;
import dev.freshet.object.ResourceType;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * fabric8 8.0.0 loses the event of an object for which an index function throws, and leaves the
 * object under its old value without a word.
 */
@WithControlPlane
class FailingIndexTest {

  private static final ResourceType CONFIG_MAPS =
      new ResourceType("", "v1", "configmaps", "ConfigMap", true);

  private final ControlPlane plane;
  private final KubernetesClient client;
  private final TestNamespace namespace;

  FailingIndexTest(ControlPlane plane, KubernetesClient client, TestNamespace namespace) {
    this.plane = plane;
    this.client = client;
    this.namespace = namespace;
  }

  private ConfigMap map(String name, String team) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace.name())
        .endMetadata()
        .addToData("team", team)
        .build();
  }

  private static List<String> team(Row<?> row) {
    String team = row.get("data.team").orElse("");
    if (team.equals("bad")) {
      throw new IllegalStateException("no such team");
    }
    return List.of(team);
  }

  private static Change<ConfigMap> next(BlockingQueue<Change<ConfigMap>> changes)
      throws InterruptedException {
    @Nullable Change<ConfigMap> change = changes.poll(60, TimeUnit.SECONDS);
    if (change == null) {
      throw new AssertionError("the event was lost");
    }
    return change;
  }

  @Test
  void aFailingIndexFunctionNeitherLosesTheEventNorCorruptsTheIndex() throws Exception {
    var maps = client.configMaps().inNamespace(namespace.name());
    CacheDeclaration declared =
        CacheDeclaration.of(CONFIG_MAPS)
            .inNamespace(namespace.name())
            .index("team", FailingIndexTest::team);
    BlockingQueue<Change<ConfigMap>> changes = new LinkedBlockingQueue<>();
    try (Freshet freshet =
        Freshet.connect(options -> options.config(plane.config(User.TEST)).cache(declared))) {
      freshet.awaitSynced(Duration.ofSeconds(60));
      Reads<ConfigMap> reads = freshet.reads(ConfigMap.class).inNamespace(namespace.name());
      reads.onEvent(Query.everything(), changes::add);
      maps.resource(map("one", "red")).create();
      assertThat(next(changes).key().name()).isEqualTo("one");
      maps.resource(map("one", "bad")).update();
      assertThat(next(changes)).isInstanceOf(Change.Updated.class);
      assertThat(reads.get("one", cached()).row().orElseThrow().get("data.team")).contains("bad");
      assertThat(freshet.health().getFirst().indexes()).contains("team fails for 1 objects");
      assertThatThrownBy(() -> reads.list(Query.index("team", "red"), cached()))
          .isInstanceOf(UnsupportedReadException.class)
          .hasMessageContaining("team");
      maps.resource(map("one", "blue")).update();
      next(changes);
      assertThat(reads.list(Query.index("team", "red"), cached())).isEmpty();
      assertThat(reads.list(Query.index("team", "blue"), cached())).hasSize(1);
    }
  }
}
