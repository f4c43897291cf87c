package dev.freshet;

import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.strong;
import static dev.freshet.scripted.Wire.list;
import static dev.freshet.scripted.Wire.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ApiException;
import dev.freshet.error.FreshetException;
import dev.freshet.error.LoadBudgetExceededException;
import dev.freshet.load.Budget;
import dev.freshet.object.ResourceType;
import dev.freshet.scripted.Patience;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.scripted.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reads cost, as it is put down, and how budgets hold them back. */
class LoadTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Model<String> PODS = new JsonModel(Wire.PODS);

  private final ScriptedServer server = new ScriptedServer();
  private final VirtualTime time = new VirtualTime();
  private final Observed observed = new Observed();
  private final Cluster cluster =
      Cluster.open(
          server,
          ClusterOptions.defaults()
              .caller("test")
              .time(time)
              .observer(observed)
              .cache(CacheDeclaration.of(Wire.PODS).auditEvery(Duration.ZERO)));
  private final Reads<String> pods = cluster.reads(PODS);

  /** What an observer is told; it fails after it has written it down. */
  private static final class Observed implements ReadObserver {
    final List<String> told = new ArrayList<>();

    @Override
    public void answered(String caller, Provenance provenance, long tookNanos) {
      told.add(caller + " " + provenance.route() + " " + tookNanos);
      throw new IllegalStateException("an observer that fails");
    }

    @Override
    public void failed(
        String caller, ResourceType kind, Consistency level, FreshetException why, long tookNanos) {
      told.add(caller + " failed " + level.name());
      throw new IllegalStateException("an observer that fails");
    }
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void sync() throws Exception {
    server.answerList(list(10, pod("a", 5), pod("b", 6)));
    server.acceptWatch();
    cluster.awaitSynced(MINUTE);
  }

  private ReadAccount account(String caller, String level, Route route) {
    return cluster.load().accounts().stream()
        .filter(one -> one.caller().equals(caller) && one.level().equals(level))
        .filter(one -> one.route().equals(Optional.of(route)))
        .findFirst()
        .orElseThrow();
  }

  /** One reader waits for its question, and that for its budget: both look at the clock by now. */
  private void awaitWaiting(String caller) {
    Patience.await(
        () -> cluster.load().budget(caller).filter(use -> use.waiting() == 1).isPresent());
    Patience.await(
        () -> time.awaited().stream().filter(wait -> wait.compareTo(MINUTE) < 0).count() == 2);
  }

  private CompletableFuture<ReadList<String>> begin(Reads<String> reads) {
    return CompletableFuture.supplyAsync(
        () -> reads.list(strong()), read -> Thread.startVirtualThread(read));
  }

  @Test
  void readsOfACacheAreCountedBesideWhatListsWouldHaveCost() throws Exception {
    sync();
    for (int i = 0; i < 3; i++) {
      pods.as("dashboard").list(cached());
    }
    ReadAccount account = account("dashboard", "cached", Route.CACHED);
    assertThat(account.reads()).isEqualTo(3);
    assertThat(account.objects()).isEqualTo(6);
    assertThat(account.requests()).isZero();
    ReadAccount.Instead instead = account.instead().orElseThrow();
    assertThat(instead.route()).isEqualTo(Route.DIRECT);
    assertThat(instead.requests()).isEqualTo(3);
    assertThat(instead.bytes()).isPositive();
  }

  @Test
  void directListsAreCountedBesideTheFencesThatWouldHaveDone() throws Exception {
    sync();
    for (int i = 0; i < 2; i++) {
      var read = begin(pods.as("quota").fence(Fence.DIRECT));
      server.answerList(list(10, pod("a", 5), pod("b", 6)));
      read.get();
    }
    ReadAccount account = account("quota", "strong", Route.DIRECT);
    assertThat(account.reads()).isEqualTo(2);
    assertThat(account.requests()).isEqualTo(2);
    assertThat(account.bytes()).isPositive();
    assertThat(account.seats()).isEqualTo(2);
    // No time went by, so both would have waited for the same one.
    assertThat(account.instead().orElseThrow().requests()).isEqualTo(1);
    assertThat(account.instead().orElseThrow().route()).isIn(Route.PROBE, Route.BOOKMARK);
  }

  @Test
  void aRequestThatReadsShareIsChargedInParts() throws Exception {
    sync();
    Reads<String> reads = pods.as("webhook").fence(Fence.DIRECT);
    var first = begin(reads);
    var list = server.nextRequest();
    List<CompletableFuture<ReadList<String>>> others = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      others.add(begin(reads));
    }
    Patience.await(() -> cluster.joinedLists().gathered() == 4);
    list.answer(200).push(list(10)).end();
    first.get();
    server.answerList(list(10));
    for (var other : others) {
      other.get();
    }
    ReadAccount account = account("webhook", "strong", Route.DIRECT);
    assertThat(account.reads()).isEqualTo(5);
    assertThat(account.requests()).isEqualTo(2);
    assertThat(account.shared()).isEqualTo(4);
    assertThat(account.seats()).isEqualTo(2);
  }

  @Test
  void aReadThatFailsIsCountedUnderItsLevel() throws Exception {
    sync();
    var read = begin(pods.as("quota").fence(Fence.DIRECT));
    server.nextRequest().answer(403).push("{\"kind\":\"Status\",\"reason\":\"Forbidden\"}").end();
    assertThatThrownBy(read::get).cause().isInstanceOf(ApiException.class);
    ReadAccount failed =
        cluster.load().accounts().stream()
            .filter(one -> one.route().isEmpty())
            .findFirst()
            .orElseThrow();
    assertThat(failed.caller()).isEqualTo("quota");
    assertThat(failed.level()).isEqualTo("strong");
    assertThat(failed.reads()).isEqualTo(1);
    assertThat(observed.told).containsExactly("quota failed strong");
  }

  @Test
  void anObserverIsToldOfEveryReadAndMayFail() throws Exception {
    sync();
    assertThat(pods.list(cached())).hasSize(2);
    assertThat(observed.told).containsExactly("test cached 0");
  }

  @Test
  void aReadBeyondItsBudgetFailsAndIsNotAnsweredWeaker() throws Exception {
    sync();
    cluster.load().limit("quota", Budget.unlimited().requestsPerSecond(0.001));
    Reads<String> reads = pods.as("quota").fence(Fence.DIRECT).within(Duration.ofSeconds(5));
    var first = begin(reads);
    server.answerList(list(10, pod("a", 5)));
    first.get();
    var second = begin(reads);
    awaitWaiting("quota");
    time.advance(Duration.ofMillis(4_750));
    assertThatThrownBy(second::get)
        .cause()
        .isInstanceOf(LoadBudgetExceededException.class)
        .hasMessageContaining("quota");
    assertThat(server.hasUnseenRequests()).isFalse();
  }

  @Test
  void aFenceBeyondItsBudgetIsNotReplacedByALargerRequest() throws Exception {
    sync();
    cluster.load().limit("webhook", Budget.unlimited().requestsPerSecond(0.001));
    Reads<String> reads = pods.as("webhook").fence(Fence.PROBE).within(Duration.ofSeconds(10));
    var first = begin(reads);
    server.answerProbe(10);
    first.get();
    var second = begin(reads);
    awaitWaiting("webhook");
    time.advance(Duration.ofSeconds(10));
    assertThatThrownBy(second::get).isNotNull();
    assertThat(server.hasUnseenRequests()).isFalse();
  }

  @Test
  void theFlightRecorderHasReadsWhereItIsAskedForThem(@TempDir Path directory) throws Exception {
    sync();
    Path file = directory.resolve("reads.jfr");
    try (var recording = new Recording()) {
      recording.enable("dev.freshet.Read");
      recording.start();
      pods.as("dashboard").list(cached());
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().equals("dev.freshet.Read"))
            .toList();
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().getString("caller")).isEqualTo("dashboard");
    assertThat(events.getFirst().getString("route")).isEqualTo("cached");
    assertThat(events.getFirst().getInt("objects")).isEqualTo(2);
  }
}
