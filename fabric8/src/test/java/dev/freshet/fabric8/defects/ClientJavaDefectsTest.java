package dev.freshet.fabric8.defects;

import static dev.freshet.Consistency.readYourWrites;
import static dev.freshet.fabric8.defects.Pods.ANSWERS;
import static dev.freshet.fabric8.defects.Pods.await;
import static dev.freshet.fabric8.defects.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.CacheDeclaration;
import dev.freshet.CacheHealth;
import dev.freshet.Cluster;
import dev.freshet.ClusterOptions;
import dev.freshet.Consistency.Otherwise;
import dev.freshet.Query;
import dev.freshet.Route;
import dev.freshet.Row;
import dev.freshet.testkit.fault.Answers;
import dev.freshet.testkit.fault.Exchange;
import dev.freshet.testkit.fault.FaultServer;
import dev.freshet.testkit.fault.Statuses;
import dev.freshet.time.TimeSource;
import dev.freshet.transport.Credentials;
import dev.freshet.transport.HttpTransport;
import dev.freshet.transport.Identity;
import dev.freshet.transport.TransportOptions;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong in the official client-java 27. */
@Timeout(120)
class ClientJavaDefectsTest {

  /** Between two tries at most: a cache is to be right within 30 s of an outage's end. */
  private static final long LONGEST_MILLIS = 10_000;

  /** The machine's clocks; who sleeps is told what it would have been and goes on. */
  private static class NoSleep implements TimeSource {
    final List<Duration> sleeps = new CopyOnWriteArrayList<>();
    private final AtomicLong ahead = new AtomicLong();

    /** Lets this much time pass at once. */
    void advance(Duration duration) {
      ahead.addAndGet(duration.toNanos());
    }

    @Override
    public long monotonicNanos() {
      return System.nanoTime() + ahead.get();
    }

    @Override
    public long wallMillis() {
      return System.currentTimeMillis() + Duration.ofNanos(ahead.get()).toMillis();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      sleeps.add(duration);
    }

    @Override
    public boolean await(CountDownLatch latch, Duration longest) throws InterruptedException {
      return latch.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** Sleeps for as long as nobody interrupts. */
  private static final class DeepSleep extends NoSleep {
    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch woken = new CountDownLatch(1);

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      sleeps.add(duration);
      try {
        never.await();
      } finally {
        woken.countDown();
      }
    }
  }

  private record Nobody(Identity current) implements Credentials {
    @Override
    public boolean renew(Identity refused) {
      return false;
    }
  }

  // Reflector of client-java: list and watch are repeated each second, by every client at once.
  @Test
  void failedListsAreRepeatedEverMoreSeldomAndNotInStep() throws Exception {
    var time = new NoSleep();
    try (var server = FaultServer.start().refuseStreamedLists();
        var cluster = connect(server, time)) {
      for (int i = 0; i < 12; i++) {
        server.nextRequest().fail(Statuses.of(500, "InternalError", "boom"));
      }
      server.nextRequest();
      List<Duration> sleeps = List.copyOf(time.sleeps);
      assertThat(sleeps).hasSize(12);
      for (int i = 0; i < 12; i++) {
        long most = Math.min(200L << i, LONGEST_MILLIS);
        assertThat(sleeps.get(i).toMillis()).isBetween(most / 2, most);
      }
      assertThat(IntStream.range(0, 12).filter(i -> isRound(sleeps.get(i), i)).count())
          .isLessThan(3);
      assertThat(cluster.health().getFirst().why()).contains("again");
    }
  }

  /** Whether a wait is one that no chance had a hand in. */
  private static boolean isRound(Duration sleep, int failure) {
    long most = Math.min(200L << failure, LONGEST_MILLIS);
    return sleep.toMillis() == most || sleep.toMillis() == most / 2;
  }

  // Its loop sleeps a second before each list and watch, also where nothing went wrong.
  @Test
  void aWatchThatTheServerEndsInGoodOrderGoesOnWithoutASleep() throws Exception {
    var time = new NoSleep();
    try (var server = FaultServer.start().refuseStreamedLists();
        var cluster = connect(server, time)) {
      server.answerList(ANSWERS.list(10, pod("a", 3)));
      for (int version = 11; version < 15; version++) {
        Exchange watch = server.acceptWatch();
        assertThat(watch.request().query()).containsEntry("resourceVersion", "" + (version - 1));
        watch.push(ANSWERS.modified(pod("a", version)));
        String reached = "" + version;
        await(
            "the cache at " + reached,
            () -> cluster.health().getFirst().frontier().orElseThrow().text().equals(reached));
        time.advance(Duration.ofMinutes(5));
        watch.end();
      }
      server.acceptWatch();
      assertThat(time.sleeps).isEmpty();
    }
  }

  // It swallows the interrupt of that sleep, and goes on after it was stopped.
  @Test
  void aWaitBeforeTheNextTryEndsWithTheCacheAndNoTryFollows() throws Exception {
    var time = new DeepSleep();
    try (var server = FaultServer.start().refuseStreamedLists()) {
      var cluster = connect(server, time);
      server.nextRequest().fail(Statuses.of(500, "InternalError", "boom"));
      await("the wait after the failure", () -> time.sleeps.size() == 1);
      cluster.close();
      assertThat(time.woken.await(Pods.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(cluster.health().getFirst().state()).isEqualTo(CacheHealth.State.CLOSED);
      assertThat(time.sleeps).hasSize(1);
      assertThat(server.hasUnseenRequests()).isFalse();
    }
  }

  // Its example sleeps three seconds before it reads what it has written.
  @Test
  void aWriteIsReadBackFromTheCacheOnceItsEventIsThere() throws Exception {
    try (var pods = ScriptedPods.listing()) {
      Exchange watch = pods.listAndWatch(10, pod("a", 3));
      var session = pods.freshet().session();
      var created =
          CompletableFuture.supplyAsync(
              () ->
                  session
                      .client()
                      .pods()
                      .inNamespace(Pods.NAMESPACE)
                      .resource(pod("b", 0))
                      .create());
      pods.server().nextRequest().answer(201, Answers.json(pod("b", 11)));
      created.get();
      var read =
          CompletableFuture.supplyAsync(
              () ->
                  session
                      .reads(Pod.class)
                      .list(
                          Query.everything(),
                          readYourWrites().waitingAtMost(Pods.PATIENCE).otherwise(Otherwise.FAIL)));
      watch.push(ANSWERS.added(pod("b", 11)));
      assertThat(read.get().rows()).extracting(Row::name).containsExactly("a", "b");
      assertThat(read.get().provenance().route()).isEqualTo(Route.CACHED);
      assertThat(pods.server().hasUnseenRequests()).isFalse();
    }
  }

  private static Cluster connect(FaultServer server, TimeSource time) throws Exception {
    var identity = new Identity(Map.of(), SSLUtils.sslContext(server.config()));
    var transport =
        new HttpTransport(
            TransportOptions.direct(server.uri(), "freshet/test"), new Nobody(identity));
    return Cluster.open(
        transport,
        ClusterOptions.defaults()
            .cache(CacheDeclaration.of(Pods.TYPE).auditEvery(Duration.ZERO))
            .time(time)
            .random(new Random(1)));
  }

  // client-java looks for words in messages to tell a lost history from other failures.
  @Test
  void aLostHistoryIsKnownByItsCodeWhateverItsMessageSays() {
    try (var pods = ScriptedPods.listing()) {
      Exchange watch = pods.listAndWatch(10, pod("a", 3));
      watch.push(ANSWERS.error(Statuses.of(410, "Expired", "Zu alt."))).end();
      pods.list(20, pod("b", 15));
      assertThat(pods.names()).containsExactly("b");
    }
  }

  @Test
  void aMessageThatSoundsLikeALostHistoryIsNone() {
    try (var pods = ScriptedPods.listing()) {
      Exchange watch = pods.listAndWatch(10, pod("a", 3));
      watch
          .push(
              ANSWERS.error(
                  Statuses.of(500, "InternalError", "too old resource version: 10 (20), Gone")))
          .end();
      Exchange next = pods.server().acceptWatch();
      assertThat(next.request().query()).containsEntry("resourceVersion", "10");
      next.push(ANSWERS.added(pod("b", 21)));
      await("the next event", () -> pods.names().equals(List.of("a", "b")));
    }
  }
}
