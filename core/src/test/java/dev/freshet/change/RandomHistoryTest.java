package dev.freshet.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.ObjectKey;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.store.Store;
import dev.freshet.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens and however slow a handler is, replaying what it is told gives the truth. */
class RandomHistoryTest {

  private static final int HANDLERS = 4;

  private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

  static IntStream seeds() {
    return IntStream.range(0, 150);
  }

  /** A handler and how fast it is. */
  private record Listening(ChangeQueue queue, int capacity, int speed, Replay replay) {

    static Listening random(Random random) {
      int capacity = 1 + random.nextInt(20);
      return new Listening(
          new ChangeQueue(capacity, new VirtualTime()), capacity, random.nextInt(5), new Replay());
    }

    void takeSome(Random random) throws InterruptedException {
      for (int i = random.nextInt(2 * speed + 1); i > 0 && queue.level().waiting() > 0; i--) {
        replay.take(queue.take().orElseThrow());
      }
    }

    void takeAll() throws InterruptedException {
      while (queue.level().waiting() > 0) {
        replay.take(queue.take().orElseThrow());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aReplayOfWhatAHandlerIsToldGivesTheFinalState(int seed) throws Exception {
    Random random = new Random(seed);
    Store store = new Store();
    RandomHistory history = new RandomHistory(random, store);
    List<Listening> all = new ArrayList<>();
    for (int step = 0; step < 300; step++) {
      if (step % 75 == 0) {
        Listening late = Listening.random(random);
        store.listen(late.queue());
        all.add(late);
      }
      history.step();
      for (Listening one : all) {
        one.takeSome(random);
        assertThat(one.queue().level().waiting())
            .isLessThanOrEqualTo(one.capacity() + 2 * RandomHistory.NAMES);
      }
    }
    history.end();
    for (Listening one : all) {
      one.takeAll();
      assertThat(one.replay().state()).isEqualTo(history.objects());
      for (ObjectKey key : RandomHistory.keys()) {
        assertThat(isSubsequence(one.replay().versions(key), history.versions(key)))
            .as("%s, told %s of %s", key, one.replay().versions(key), history.versions(key))
            .isTrue();
      }
    }
  }

  private static boolean isSubsequence(List<String> some, List<String> all) {
    int found = 0;
    for (String one : all) {
      if (found < some.size() && some.get(found).equals(one)) {
        found++;
      }
    }
    return found == some.size();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void aHandlerThatBeginsWhileTheStoreChangesMissesNothingAndIsToldNothingTwice(int seed)
      throws Exception {
    Store store = new Store();
    RandomHistory history = new RandomHistory(new Random(seed), store);
    AtomicBoolean over = new AtomicBoolean();
    List<CompletableFuture<Replay>> handlers = new ArrayList<>();
    for (int i = 0; i < HANDLERS; i++) {
      ChangeQueue queue = new ChangeQueue(1 + i * 5, TimeSource.system());
      handlers.add(CompletableFuture.supplyAsync(() -> listen(store, queue, over), THREADS));
    }
    for (int step = 0; step < 400; step++) {
      history.step();
    }
    history.end();
    over.set(true);
    for (CompletableFuture<Replay> handler : handlers) {
      assertThat(handler.get().state()).isEqualTo(history.objects());
    }
  }

  private static Replay listen(Store store, ChangeQueue queue, AtomicBoolean over) {
    Replay replay = new Replay();
    store.listen(queue);
    try {
      while (true) {
        boolean last = over.get();
        while (queue.level().waiting() > 0) {
          replay.take(queue.take().orElseThrow());
        }
        if (last) {
          return replay;
        }
        LockSupport.parkNanos(1_000);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
