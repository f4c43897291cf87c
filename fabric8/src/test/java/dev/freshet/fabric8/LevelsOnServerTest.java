package dev.freshet.fabric8;

import static dev.freshet.Consistency.atLeast;
import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.exactly;
import static dev.freshet.Consistency.strong;
import static dev.freshet.Consistency.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.CacheDeclaration;
import dev.freshet.Query;
import dev.freshet.ReadList;
import dev.freshet.Reads;
import dev.freshet.RecentSnapshots;
import dev.freshet.Route;
import dev.freshet.Row;
import dev.freshet.Token;
import dev.freshet.error.BeyondHeadException;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The levels {@code within}, {@code exactly} and {@code atLeast}, on the real server. */
@WithControlPlane
@Timeout(120)
class LevelsOnServerTest {

  private final ControlPlane plane;
  private final KubernetesClient client;
  private final String namespace;

  LevelsOnServerTest(ControlPlane plane, KubernetesClient client, TestNamespace namespace) {
    this.plane = plane;
    this.client = client;
    this.namespace = namespace.name();
  }

  @Test
  void theStateOfAnAnswerIsReadAgainFromTheCacheWhateverCameSince() {
    create("first");
    try (Freshet freshet = connect(RecentSnapshots.DEFAULT)) {
      Reads<ConfigMap> maps = freshet.reads(ConfigMap.class).inNamespace(namespace);
      ReadList<ConfigMap> then = maps.list(strong());
      Token token = Token.parse(then.token().encode());
      create("second");
      assertThat(names(maps.list(strong()))).contains("first", "second");
      ReadList<ConfigMap> again = maps.list(exactly(token));
      assertThat(names(again)).isEqualTo(names(then)).doesNotContain("second");
      assertThat(again.resourceVersion()).isEqualTo(then.resourceVersion());
    }
  }

  @Test
  void theStateOfAnAnswerThatNoCacheHoldsIsReadAgainFromTheServer() {
    create("first");
    try (Freshet freshet = connect(RecentSnapshots.NONE)) {
      Reads<ConfigMap> maps = freshet.reads(ConfigMap.class).inNamespace(namespace);
      ReadList<ConfigMap> then = maps.list(strong());
      Token token = then.token();
      create("second");
      maps.list(atLeast(maps.list(strong()).token()));
      ReadList<ConfigMap> again = maps.list(exactly(token));
      assertThat(again.provenance().route()).isEqualTo(Route.EXACT);
      assertThat(names(again)).isEqualTo(names(then));
      assertThat(again.resourceVersion()).isEqualTo(then.resourceVersion());
    }
  }

  @Test
  void aStateBeyondTheHeadFailsAndNamesTheVersion() {
    try (Freshet freshet = connect(RecentSnapshots.DEFAULT)) {
      var session = freshet.session();
      session.saw(
          new ConfigMapBuilder()
              .withNewMetadata()
              .withNamespace(namespace)
              .withName("unreal")
              .withResourceVersion("999999999999999")
              .endMetadata()
              .build());
      Token token = session.token();
      assertThatThrownBy(() -> freshet.reads(ConfigMap.class).list(exactly(token)))
          .isInstanceOf(BeyondHeadException.class)
          .hasMessageContaining("999999999999999");
    }
  }

  @Test
  void aCacheReadWithinABoundKeepsItselfThatFreshOnAQuietKind() {
    create("first");
    try (Freshet freshet = connect(RecentSnapshots.DEFAULT)) {
      Reads<ConfigMap> maps = freshet.reads(ConfigMap.class).inNamespace(namespace).as("within");
      Duration bound = Duration.ofSeconds(8);
      long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      int fromCache = 0;
      int others = 0;
      while (System.nanoTime() < until) {
        ReadList<ConfigMap> read = maps.list(within(bound));
        assertThat(read.provenance().satisfied()).isTrue();
        assertThat(read.provenance().behindAtMost().orElseThrow()).isLessThanOrEqualTo(bound);
        if (read.provenance().route() == Route.CACHED) {
          fromCache++;
        } else {
          others++;
        }
      }
      assertThat(fromCache).isGreaterThan(100 * others);
      assertThat(Objects.requireNonNull(freshet.spent().get("within")).requests())
          .as("requests in 20 s, for %s reads", fromCache)
          .isLessThan(40);
    }
  }

  @Test
  void aReadWithinABoundSeesWhatWasWrittenBeforeTheBound() {
    create("first");
    try (Freshet freshet = connect(RecentSnapshots.DEFAULT)) {
      Reads<ConfigMap> maps = freshet.reads(ConfigMap.class).inNamespace(namespace);
      for (int i = 0; i < 10; i++) {
        String name = "written-" + i;
        create(name);
        // No time has passed since, but a bound of a nanosecond is as good as strong.
        assertThat(names(maps.list(within(Duration.ofNanos(1))))).contains(name);
      }
    }
  }

  @Test
  void manyDirectReadersShareListsAndEachSeesItsOwnWrite() throws Exception {
    try (Freshet freshet = connect(RecentSnapshots.DEFAULT);
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      Reads<ConfigMap> maps = freshet.reads(ConfigMap.class).inNamespace(namespace).as("many");
      Callable<ReadList<ConfigMap>> read = () -> maps.list(Query.everything(), strong());
      create("seen");
      List<Future<ReadList<ConfigMap>>> answers = readers.invokeAll(Collections.nCopies(64, read));
      for (Future<ReadList<ConfigMap>> answer : answers) {
        assertThat(names(answer.get())).contains("seen");
      }
      assertThat(Objects.requireNonNull(freshet.spent().get("many")).requests()).isLessThan(16);
    }
  }

  @Test
  void aReadFromAnywhereHasATokenThatTakesOthersThere() {
    create("first");
    try (Freshet here = connect(RecentSnapshots.DEFAULT);
        Freshet there = connect(RecentSnapshots.DEFAULT)) {
      create("second");
      Token token = here.reads(ConfigMap.class).list(strong()).token();
      ReadList<ConfigMap> read =
          there
              .reads(ConfigMap.class)
              .inNamespace(namespace)
              .list(atLeast(Token.parse(token.encode())));
      assertThat(names(read)).contains("second");
      assertThat(here.reads(ConfigMap.class).list(cached()).token().cluster())
          .isEqualTo(token.cluster());
    }
  }

  @Test
  void aSnapshotOfTwoKindsShowsBothAtOneMoment() throws Exception {
    try (Freshet freshet = connectTwoKinds();
        ExecutorService writer = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writes =
          writer.submit(
              () -> {
                for (int i = 0; i < 40; i++) {
                  create("step-" + i);
                  createAccount("step-" + i);
                }
              });
      do {
        requireOneMoment(freshet.snapshot(ConfigMap.class, ServiceAccount.class));
        requireOneMoment(
            freshet.snapshot(
                cached(),
                List.of(
                    Fabric8Model.typeOf(ConfigMap.class),
                    Fabric8Model.typeOf(ServiceAccount.class))));
      } while (!writes.isDone());
      writes.get();
      FreshetSnapshot last = freshet.snapshot(ConfigMap.class, ServiceAccount.class);
      assertThat(steps(last, ConfigMap.class)).isEqualTo(40);
      assertThat(steps(last, ServiceAccount.class)).isEqualTo(40);
    }
  }

  /** Each step makes a ConfigMap and then a ServiceAccount: no moment has any other difference. */
  private void requireOneMoment(FreshetSnapshot snapshot) {
    int maps = steps(snapshot, ConfigMap.class);
    assertThat(maps - steps(snapshot, ServiceAccount.class)).isIn(0, 1);
    assertThat(steps(snapshot, ConfigMap.class)).as("the same, read again").isEqualTo(maps);
  }

  private <T extends HasMetadata> int steps(FreshetSnapshot snapshot, Class<T> kind) {
    ReadList<T> read = snapshot.reads(kind).inNamespace(namespace).list();
    assertThat(read.resourceVersion()).isEqualTo(snapshot.resourceVersion());
    return (int) read.rows().stream().filter(row -> row.name().startsWith("step-")).count();
  }

  @Test
  void kindsThatAreNotDeclaredToShareAnEtcdHaveNoSnapshot() {
    try (Freshet freshet = connect(RecentSnapshots.DEFAULT)) {
      assertThatThrownBy(() -> freshet.snapshot(ConfigMap.class))
          .isInstanceOf(UnsupportedReadException.class)
          .hasMessageContaining("sharingEtcd");
    }
  }

  private Freshet connectTwoKinds() {
    Freshet freshet =
        Freshet.connect(
            options ->
                options
                    .config(plane.config(User.TEST))
                    .cache(ConfigMap.class)
                    .cache(ServiceAccount.class)
                    .sharingEtcd(ConfigMap.class, ServiceAccount.class));
    freshet.awaitSynced(Duration.ofSeconds(60));
    return freshet;
  }

  private void createAccount(String name) {
    client
        .serviceAccounts()
        .inNamespace(namespace)
        .resource(
            new ServiceAccountBuilder().withNewMetadata().withName(name).endMetadata().build())
        .serverSideApply();
  }

  private static List<String> names(ReadList<ConfigMap> read) {
    return read.rows().stream().map(Row::name).toList();
  }

  private Freshet connect(RecentSnapshots keep) {
    CacheDeclaration declared =
        CacheDeclaration.of(Fabric8Model.typeOf(ConfigMap.class)).recent(keep);
    Freshet freshet =
        Freshet.connect(options -> options.config(plane.config(User.TEST)).cache(declared));
    freshet.awaitSynced(Duration.ofSeconds(60));
    return freshet;
  }

  private void create(String name) {
    client
        .configMaps()
        .inNamespace(namespace)
        .resource(new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().build())
        .serverSideApply();
  }
}
