package dev.freshet.examples.mixedreads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.Load;
import dev.freshet.Route;
import dev.freshet.load.BudgetUse;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.fault.Fault;
import dev.freshet.testkit.fault.Request;
import dev.freshet.testkit.fault.RequestProxy;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import dev.freshet.testkit.process.Poll;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the program promises, on a real control plane. */
@WithControlPlane
class MixedReadsTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int MANY = 200;

  private final Config server;
  private final String namespace;
  private final Database database;
  private final Map<String, Long> sent = new ConcurrentHashMap<>();

  MixedReadsTest(ControlPlane plane, KubernetesClient client, TestNamespace namespace) {
    this.server = plane.config(User.TEST);
    this.namespace = namespace.name();
    this.database = new Database(client, namespace.name());
  }

  private MixedReads program(Config connection) throws IOException {
    var program =
        new MixedReads(
            namespace,
            0,
            options ->
                options.config(connection).transport(real -> new CountedRequests(real, sent)));
    program.freshet().awaitSynced(SOON);
    return program;
  }

  @Test
  void aShardWithoutAPrimaryGetsOneAndNoSecond() throws Exception {
    database.addStandbys("a-0", "a-1");
    try (var program = program(server)) {
      for (int look = 0; look < MANY; look++) {
        program.promoter().look();
      }
      assertThat(database.primaries()).containsExactly("a-0");
    }
  }

  @Test
  void theCheckSeesAPrimaryThatTheCacheDoesNotShowYet() throws Exception {
    database.addStandbys("a-0", "a-1");
    try (var proxy = RequestProxy.inFrontOf(server);
        var program = program(proxy.config());
        var held = proxy.disturb(Request::isWatch, new Fault.Hold())) {
      database.makePrimary("a-1");
      program.promoter().look();
      assertThat(database.primaries()).containsExactly("a-1");
      held.lift();
    }
  }

  @Test
  void theLoopSendsNothingHoweverOftenItLooks() throws Exception {
    database.addStandbys("a-0");
    database.makePrimary("a-0");
    try (var program = program(server)) {
      for (int look = 0; look < MANY; look++) {
        program.promoter().look();
      }
      assertThat(program.freshet().load().accounts())
          .filteredOn(account -> account.caller().equals(Promoter.LOOP))
          .singleElement()
          .matches(account -> account.route().equals(Optional.of(Route.CACHED)))
          .matches(account -> account.reads() == MANY);
      assertThat(sent).doesNotContainKeys(Promoter.LOOP, Promoter.CHECK);
    }
  }

  @Test
  void theDashboardCostsHardlyAnythingHoweverManyLook() throws Exception {
    database.addStandbys("a-0", "a-1");
    try (var program = program(server)) {
      for (int look = 0; look < MANY; look++) {
        assertThat(Browser.get(program.port(), "/")).containsPattern("a +- +2\n");
      }
      assertThat(sent.getOrDefault(Dashboard.CALLER, 0L)).isLessThan(MANY / 2);
    }
  }

  @Test
  void everyRequestIsOnTheAccountOfItsCaller() throws Exception {
    database.addStandbys("a-0");
    try (var program = program(server)) {
      program.promoter().look();
      Browser.get(program.port(), "/");
      // The cache keeps itself fresh meanwhile, so that both accounts may be on their way.
      assertThat(Poll.until("equal accounts", SOON, () -> accounts(program).equals(sent)))
          .as("%s and %s", accounts(program), sent)
          .isTrue();
      assertThat(sent).containsKeys("caches", Promoter.CHECK).doesNotContainKey(Promoter.LOOP);
    }
  }

  private static Map<String, Long> accounts(MixedReads program) {
    Load load = program.freshet().load();
    return load.budgets().stream()
        .filter(use -> use.requests() > 0)
        .collect(Collectors.toMap(BudgetUse::caller, BudgetUse::requests));
  }
}
