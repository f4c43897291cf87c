package dev.freshet.fabric8.defects;

import static dev.freshet.fabric8.defects.Pods.ANSWERS;
import static dev.freshet.fabric8.defects.Pods.await;
import static dev.freshet.fabric8.defects.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.CacheDeclaration;
import dev.freshet.Cluster;
import dev.freshet.ClusterOptions;
import dev.freshet.testkit.fault.Exchange;
import dev.freshet.testkit.fault.FaultServer;
import dev.freshet.testkit.fault.Statuses;
import dev.freshet.time.TimeSource;
import dev.freshet.transport.Credentials;
import dev.freshet.transport.HttpTransport;
import dev.freshet.transport.Identity;
import dev.freshet.transport.TransportOptions;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong in the official client-java 27. */
@Timeout(120)
class ClientJavaDefectsTest {

  /** Between two tries at most: a cache is to be right within 30 s of an outage's end. */
  private static final long LONGEST_MILLIS = 10_000;

  /** The machine's clocks; who sleeps is told what it would have been and goes on. */
  private static final class NoSleep implements TimeSource {
    private final List<Duration> sleeps = new CopyOnWriteArrayList<>();

    @Override
    public long monotonicNanos() {
      return System.nanoTime();
    }

    @Override
    public long wallMillis() {
      return System.currentTimeMillis();
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
