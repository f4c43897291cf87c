package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.freshet.error.ClosedException;
import dev.freshet.error.DeadlineException;
import dev.freshet.error.LimitExceededException;
import dev.freshet.object.ResourceVersion;
import dev.freshet.scripted.Patience;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class WaitersTest {

  private final VirtualTime time = new VirtualTime();
  private final Store store = new Store();

  private Optional<Snapshot> await(Predicate<Snapshot> enough) {
    return store.await(enough, Deadline.in(Duration.ofSeconds(1), time), time);
  }

  private static ResourceVersion version(long version) {
    return new ResourceVersion(Long.toString(version));
  }

  @Test
  void whatIsPublishedAlreadyNeedsNoWait() {
    store.replace(List.of(), version(10), 1);
    assertThat(await(held -> true).orElseThrow().frontier()).isEqualTo(version(10));
  }

  @Test
  void aReaderThatComesAsTheStoreClosesStillGetsWhatWasPublishedBefore() {
    store.replace(List.of(), version(10), 1);
    Optional<Snapshot> found =
        await(
            held -> {
              if (held.frontier().equals(version(11))) {
                return true;
              }
              // Between the reader's first look and its entry among those who wait.
              store.advance(version(11));
              store.publish();
              store.close();
              return false;
            });
    assertThat(found.orElseThrow().frontier()).isEqualTo(version(11));
  }

  @Test
  void aReaderOfAClosedStoreThatNeverCameSoFarIsToldSo() {
    store.replace(List.of(), version(10), 1);
    store.close();
    assertThatThrownBy(() -> await(held -> false)).isInstanceOf(ClosedException.class);
  }

  private static Thread waiting(Runnable wait) {
    Thread thread = Thread.ofPlatform().daemon().start(wait);
    Patience.await(() -> thread.getState() == Thread.State.TIMED_WAITING);
    return thread;
  }

  @Test
  void aWaitEndsWithTheFirstSnapshotThatIsEnough() throws Exception {
    store.replace(List.of(), version(10), 1);
    var found = new CompletableFuture<Optional<Snapshot>>();
    waiting(() -> found.complete(await(held -> held.frontier().isAtLeast(version(12)))));
    for (int version = 11; version <= 13; version++) {
      store.advance(version(version));
      store.publish();
    }
    assertThat(found.get().orElseThrow().frontier()).isEqualTo(version(12));
  }

  @Test
  void aWaitThatNothingEndsGivesNothingAtItsDeadline() {
    store.replace(List.of(), version(10), 1);
    assertThat(store.await(held -> false, Deadline.in(Duration.ZERO, time), time)).isEmpty();
  }

  @Test
  void whoHasGivenUpIsNotAskedAboutLaterSnapshots() {
    store.replace(List.of(), version(10), 1);
    var asked = new AtomicInteger();
    store.await(
        held -> {
          asked.incrementAndGet();
          return false;
        },
        Deadline.in(Duration.ZERO, time),
        time);
    int before = asked.get();
    store.advance(version(11));
    store.publish();
    assertThat(asked).hasValue(before);
  }

  @Test
  void closingFailsWhoeverWaits() throws Exception {
    store.replace(List.of(), version(10), 1);
    var failure = new CompletableFuture<Throwable>();
    waiting(() -> failure.complete(catchThrowable(() -> await(held -> false))));
    store.close();
    assertThat(failure.get()).isInstanceOf(ClosedException.class);
  }

  @Test
  void anInterruptEndsTheWaitAndStaysSet() throws Exception {
    store.replace(List.of(), version(10), 1);
    var failure = new CompletableFuture<Throwable>();
    var interrupted = new CompletableFuture<Boolean>();
    Thread waiting =
        waiting(
            () -> {
              failure.complete(catchThrowable(() -> await(held -> false)));
              interrupted.complete(Thread.currentThread().isInterrupted());
            });
    waiting.interrupt();
    assertThat(failure.get())
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("interrupted");
    assertThat(interrupted.get()).isTrue();
  }

  @Test
  void moreThanMayWaitAreRefusedUntilOneHasGone() throws Exception {
    Waiters waiters = new Waiters();
    var released = new CountDownLatch(1);
    HeldTime patient = new HeldTime(released);
    Deadline deadline = Deadline.in(Duration.ofSeconds(1), patient);
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < Waiters.MAX_WAITERS; i++) {
      all.add(
          Thread.startVirtualThread(
              () -> {
                waiters.await(() -> null, held -> false, deadline, patient);
              }));
    }
    Patience.await(() -> patient.waiting().get() == Waiters.MAX_WAITERS);
    assertThatThrownBy(() -> waiters.await(() -> null, held -> false, deadline, patient))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("" + Waiters.MAX_WAITERS);
    released.countDown();
    for (Thread thread : all) {
      thread.join();
    }
    assertThat(waiters.await(() -> null, held -> false, deadline, patient)).isEmpty();
  }

  /** Time in which every wait lasts until a test ends it. */
  private record HeldTime(CountDownLatch released, AtomicInteger waiting) implements StillTime {
    HeldTime(CountDownLatch released) {
      this(released, new AtomicInteger());
    }

    @Override
    public boolean await(CountDownLatch latch, Duration longest) throws InterruptedException {
      waiting.incrementAndGet();
      released.await();
      return false;
    }
  }
}
