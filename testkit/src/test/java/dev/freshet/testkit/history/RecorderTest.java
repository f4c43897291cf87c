package dev.freshet.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecorderTest {
  private static final Caller CALLER = new Caller("c", "s", "k");
  private static final int THREADS = 4;
  private static final int EACH = 1_000;

  private final AtomicLong clock = new AtomicLong();

  @Test
  void theEndOfAReadIsTakenBeforeItsObjectsAreLookedAt() {
    var recorder = Recorder.start(0, clock::get);

    var read = recorder.read(CALLER, Query.all("pods"), new Level.Cached());
    clock.set(5);
    read.returned(
        items -> {
          clock.set(1_000);
          return Answer.Claims.of(7, Route.CACHED);
        });

    Operation recorded = recorder.history().operations().getFirst();
    assertThat(recorded.invokedNanos()).isZero();
    assertThat(recorded.returnedNanos()).isEqualTo(5);
  }

  @Test
  void oneAnswerInAHundredIsKeptWithItsObjectsAndEachHasTheSameHash() {
    var recorder = Recorder.start(0, clock::get);
    for (int i = 0; i < 250; i++) {
      recorder
          .read(CALLER, Query.all("pods"), new Level.Cached())
          .returned(
              items -> {
                items.add(Item.of("a/one", "u1", 3, "t"));
                items.add(Item.of("a/two", "u2", 4, "t"));
                return Answer.Claims.of(7, Route.CACHED);
              });
    }

    List<Items> items =
        recorder.history().all(Read.class).stream().map(read -> read.answer().items()).toList();

    assertThat(items).filteredOn(Items::whole).hasSize(3).allMatch(i -> i.list().size() == 2);
    assertThat(items).filteredOn(i -> !i.whole()).hasSize(247).allMatch(i -> i.list().isEmpty());
    assertThat(items).extracting(Items::hash).containsOnly(items.getFirst().hash());
    assertThat(items).extracting(Items::count).containsOnly(2);
  }

  @Test
  void theHashOfAnAnswerDoesNotDependOnItsOrder() {
    Item one = Item.of("a/one", "u1", 3, "t");
    Item two = Item.of("a/two", "u2", 4, "t");

    assertThat(Items.of(List.of(one, two)).hash()).isEqualTo(Items.of(List.of(two, one)).hash());
    assertThat(ItemHash.of("ab", "c", 1, "")).isNotEqualTo(ItemHash.of("a", "bc", 1, ""));
  }

  @Test
  void threadsRecordWithoutLosingAnything() throws Exception {
    var recorder = Recorder.start(3);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(Thread.startVirtualThread(() -> write(recorder)));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(recorder.history().operations())
        .hasSize(THREADS * EACH)
        .extracting(Operation::id)
        .doesNotHaveDuplicates();
  }

  private static void write(Recorder recorder) {
    for (int i = 0; i < EACH; i++) {
      recorder.put(CALLER, "pods", "a/p", Answer.UNKNOWN, "t" + i).done("u", i);
    }
  }

  @Test
  void idsOfSeveralProcessesDiffer() {
    assertThat(Recorder.start(1).newId()).isNotEqualTo(Recorder.start(2).newId());
  }

  @Test
  void aFailedReadIsOnlyCounted() {
    var recorder = Recorder.start(0, clock::get);

    recorder.read(CALLER, Query.all("pods"), new Level.Strong()).failed();

    assertThat(recorder.history().operations()).isEmpty();
    assertThat(recorder.history().failedReads()).isOne();
  }
}
