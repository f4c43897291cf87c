package dev.freshet.fabric8.defects;

import static dev.freshet.fabric8.defects.Pods.ANSWERS;
import static dev.freshet.fabric8.defects.Pods.await;
import static dev.freshet.fabric8.defects.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.Query;
import dev.freshet.Subscription;
import dev.freshet.SubscriptionOptions;
import dev.freshet.testkit.fault.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong in client-go 0.37. */
@Timeout(120)
class ClientGoDefectsTest {

  // The reflector skips an event that its store refuses, and its resourceVersion goes on past it.
  @Test
  void theVersionNeverPassesAnEventThatWasNotTaken() {
    try (var pods = ScriptedPods.listing()) {
      Exchange watch = pods.listAndWatch(10, pod("a", 3));
      watch.push(
          ANSWERS.added(pod("b", 11))
              + "{\"type\":\"MODIFIED\",\"object\":{\"kind\":\"Pod\",\"metadata\":12}}\n"
              + ANSWERS.added(pod("c", 13)));
      Exchange next = pods.server().nextRequest();
      assertThat(next.request().isWatch()).isFalse();
      assertThat(pods.frontier()).isLessThan(12);
      assertThat(pods.names()).doesNotContain("c");
      next.answer(200, ANSWERS.list(20, pod("a", 12), pod("c", 13)));
      pods.awaitFrontier(20);
      assertThat(pods.held("a")).isEqualTo(pod("a", 12));
    }
  }

  // kubernetes #130767: readers share one lock with the writer, and enough of them starve it.
  @Test
  void readersWithoutAPauseDoNotKeepAnEventOut() throws Exception {
    try (var pods = ScriptedPods.listing()) {
      Exchange watch = pods.listAndWatch(10, pod("a", 3));
      var reads = new AtomicLong();
      List<Thread> readers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        readers.add(
            Thread.ofPlatform()
                .daemon()
                .start(
                    () -> {
                      while (!Thread.currentThread().isInterrupted()) {
                        pods.names();
                        reads.incrementAndGet();
                      }
                    }));
      }
      for (int version = 11; version < 60; version++) {
        long before = reads.get();
        watch.push(ANSWERS.modified(pod("a", version)));
        pods.awaitFrontier(version);
        await("reads meanwhile", () -> reads.get() > before);
      }
      readers.forEach(Thread::interrupt);
      for (Thread reader : readers) {
        reader.join();
      }
    }
  }

  // Each handler's queue grows without a bound for as long as the handler is slow.
  @Test
  void aHandlerThatDoesNotKeepUpHoldsABoundedQueueAndMissesNoLastState() throws Exception {
    int capacity = 8;
    int last = 1_000;
    var goOn = new CountDownLatch(1);
    var told = new AtomicReference<>("");
    try (var pods = ScriptedPods.listing()) {
      Exchange watch = pods.listAndWatch(10, pod("a", 3));
      Subscription handler =
          pods.reads()
              .onEvent(
                  Query.everything(),
                  SubscriptionOptions.defaults().queueCapacity(capacity),
                  change -> {
                    goOn.await();
                    told.set(change.row().resourceVersion().text());
                  });
      await("the first call", () -> handler.health().queued() == 0);
      for (int version = 11; version <= last; version++) {
        watch.push(ANSWERS.modified(pod("a", version)));
      }
      pods.awaitFrontier(last);
      // One more than its capacity: the last change of each object is kept whatever comes.
      assertThat(handler.health().queued()).isBetween(1, capacity + 1);
      assertThat(handler.health().conflated()).isGreaterThanOrEqualTo(last - 10 - capacity - 1);
      goOn.countDown();
      await("the last state", () -> ("" + last).equals(told.get()));
    }
  }
}
