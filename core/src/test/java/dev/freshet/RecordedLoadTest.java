package dev.freshet;

import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.strong;
import static dev.freshet.scripted.Wire.list;
import static dev.freshet.scripted.Wire.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ApiException;
import dev.freshet.error.ConfigurationException;
import dev.freshet.error.LoadBudgetExceededException;
import dev.freshet.load.Budget;
import dev.freshet.object.ResourceType;
import dev.freshet.scripted.Patience;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.scripted.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording says of a program's load, beside what the program says itself. */
class RecordedLoadTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Model<String> PODS = new JsonModel(Wire.PODS);
  private static final ResourceType DEPLOYMENTS =
      new ResourceType("apps", "v1", "deployments", "Deployment", true);

  private final ScriptedServer server = new ScriptedServer();
  private final VirtualTime time = new VirtualTime();
  private final Recording recording = new Recording();
  private final Cluster cluster =
      Cluster.open(
          server,
          ClusterOptions.defaults()
              .caller("test")
              .time(time)
              .cache(CacheDeclaration.of(Wire.PODS).auditEvery(Duration.ZERO)));
  private final Reads<String> pods = cluster.reads(PODS);

  @TempDir private Path directory = Path.of("");

  /** The event as a version might have written it that knew less. */
  @Name("dev.freshet.Read")
  private static final class PoorerRead extends Event {
    @SuppressWarnings("UnusedVariable") // The flight recorder reads it.
    String caller = "quota";
  }

  @BeforeEach
  void begin() throws Exception {
    recording.enable(RecordedLoad.READ);
    recording.start();
    server.answerList(list(10, pod("a", 5), pod("b", 6)));
    server.acceptWatch();
    cluster.awaitSynced(MINUTE);
  }

  @AfterEach
  void close() {
    recording.close();
    cluster.close();
  }

  private RecordedLoad replayed() throws IOException {
    recording.stop();
    Path file = directory.resolve("reads.jfr");
    recording.dump(file);
    var load = new RecordedLoad();
    try (var events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        load.add(events.readEvent());
      }
    }
    return load;
  }

  private static CompletableFuture<ReadList<String>> read(Reads<String> reads, Executor on) {
    return CompletableFuture.supplyAsync(() -> reads.list(strong()), on);
  }

  private static CompletableFuture<ReadList<String>> read(Reads<String> reads) {
    return read(reads, task -> Thread.startVirtualThread(task));
  }

  private void directly(Reads<String> reads, Executor on) throws Exception {
    var read = read(reads.fence(Fence.DIRECT), on);
    server.answerList(list(10, pod("a", 5), pod("b", 6)));
    read.get();
  }

  private void directly(String caller, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      directly(pods.as(caller), task -> Thread.startVirtualThread(task));
    }
  }

  @Test
  void itsAccountsAndItsAdviceAreThoseOfTheProgram() throws Exception {
    directly("quota", 10);
    pods.as("dashboard").list(cached());
    var failed = read(pods.as("report").fence(Fence.DIRECT));
    server.nextRequest().answer(403).push("{\"kind\":\"Status\",\"reason\":\"Forbidden\"}").end();
    assertThatThrownBy(failed::get).hasCauseInstanceOf(ApiException.class);

    RecordedLoad load = replayed();
    assertThat(load.reads()).isEqualTo(12);
    assertThat(load.accounts()).hasSize(3).isEqualTo(cluster.load().accounts());
    assertThat(load.advice()).hasSize(1).isEqualTo(cluster.load().advice());
  }

  @Test
  void readsOfSeveralThreadsShareTheFencesThatTheyWouldHaveShared() throws Exception {
    try (ExecutorService one = Executors.newSingleThreadExecutor();
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      for (int i = 0; i < 6; i++) {
        directly(pods.as("quota"), i % 2 == 0 ? one : other);
        time.advance(MINUTE);
      }
    }
    RecordedLoad load = replayed();
    assertThat(load.accounts().getFirst().instead().orElseThrow().requests()).isEqualTo(6);
    assertThat(load.accounts()).isEqualTo(cluster.load().accounts());
  }

  @Test
  void aKindWithoutACacheIsKnownAsSuchAndByItsGroup() throws Exception {
    Reads<String> deployments = cluster.reads(new JsonModel(DEPLOYMENTS)).as("report");
    for (int i = 0; i < 10; i++) {
      directly(deployments, task -> Thread.startVirtualThread(task));
    }
    List<Advice> advice = replayed().advice();
    assertThat(advice).hasSize(1).isEqualTo(cluster.load().advice());
    assertThat(advice.getFirst().kind()).contains(DEPLOYMENTS);
    assertThat(advice.getFirst().found()).contains("no cache is declared");
  }

  @Test
  void refusalsOfTheBudgetAndOfTheServerAreAdvisedOn() throws Exception {
    Reads<String> quota = pods.as("quota").fence(Fence.DIRECT).within(Duration.ofSeconds(5));
    cluster.load().limit("quota", Budget.unlimited().requestsPerSecond(0.001));
    directly("quota", 1);
    var late = read(quota);
    Patience.await(
        () -> cluster.load().budget("quota").filter(use -> use.waiting() == 1).isPresent());
    Patience.await(() -> time.awaited().stream().anyMatch(wait -> wait.compareTo(MINUTE) < 0));
    time.advance(Duration.ofMillis(4_750));
    assertThatThrownBy(late::get).hasCauseInstanceOf(LoadBudgetExceededException.class);
    var refused = read(pods.as("report").fence(Fence.DIRECT));
    server.nextRequest().answer(429).push("{\"kind\":\"Status\"}").end();
    assertThatThrownBy(refused::get).hasCauseInstanceOf(ApiException.class);

    List<Advice> advice = replayed().advice();
    assertThat(advice).hasSize(2).isEqualTo(cluster.load().advice());
  }

  @Test
  void aRecordingWithoutReadsSaysNothing() throws Exception {
    RecordedLoad load = replayed();
    assertThat(load.reads()).isZero();
    assertThat(load.period()).isEmpty();
    assertThat(load.accounts()).isEmpty();
    assertThat(load.advice()).isEmpty();
  }

  @Test
  void thePeriodIsFromTheFirstReadToTheLast() throws Exception {
    directly("quota", 2);
    RecordedLoad.Period period = replayed().period().orElseThrow();
    assertThat(period.from()).isBefore(period.to());
  }

  @Test
  void theEventOfAnotherVersionIsRefused() {
    new PoorerRead().commit();
    assertThatThrownBy(this::replayed)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("another version of Freshet");
  }
}
