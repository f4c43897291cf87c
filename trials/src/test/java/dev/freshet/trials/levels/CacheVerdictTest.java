package dev.freshet.trials.levels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.Caller;
import dev.freshet.testkit.history.EtcdEpoch;
import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.EtcdLog;
import dev.freshet.testkit.history.History;
import dev.freshet.testkit.history.Item;
import dev.freshet.testkit.history.Level;
import dev.freshet.testkit.history.Query;
import dev.freshet.testkit.history.Recorder;
import dev.freshet.testkit.history.Route;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Two Pods, each changed once: a at version 11, b at version 12. */
class CacheVerdictTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Item OLD_A = Item.of("x/a", "uid-a", 1, "a-1");
  private static final Item NEW_A = Item.of("x/a", "uid-a", 11, "a-11");
  private static final Item OLD_B = Item.of("x/b", "uid-b", 2, "b-2");
  private static final Item NEW_B = Item.of("x/b", "uid-b", 12, "b-12");

  private final AtomicLong now = new AtomicLong(10 * SECOND);
  private final Recorder recorder = Recorder.start(0, now::get);

  @Test
  void aStateThatEtcdNeverHadIsTorn() {
    read("0/informer", OLD_A, NEW_B);

    assertThat(verdict().torn()).isEqualTo(1);
    assertThat(verdict().example()).contains("torn");
  }

  @Test
  void anOlderStateThanBeforeIsBackInTime() {
    read("0/informer", NEW_A, NEW_B);
    read("0/informer", NEW_A, OLD_B);

    assertThat(verdict().back()).isEqualTo(1);
    assertThat(verdict().torn()).isZero();
  }

  @Test
  void whatAnotherProcessHadShownIsNotBackInTime() {
    read("0/informer", NEW_A, NEW_B);
    read("1/informer", NEW_A, OLD_B);

    assertThat(verdict().back()).isZero();
  }

  @Test
  void whatLacksWhatWasKnownIsStaleAndForHowLongIsToldApart() {
    // The last change was known half a second ago, the one before it for two seconds.
    read("0/informer", NEW_A, OLD_B);
    read("1/informer", OLD_A, OLD_B);

    assertThat(verdict().stale()).isEqualTo(2);
    assertThat(verdict().secondsStale()).isEqualTo(1);
  }

  @Test
  void theAnswersOfTheOtherContenderDoNotCount() {
    read("0/pods", OLD_A, NEW_B);

    assertThat(verdict().answers()).isZero();
    assertThat(verdict().torn()).isZero();
  }

  private CacheVerdict verdict() {
    return CacheVerdict.of("it", "informer", history(), log());
  }

  private History history() {
    return recorder.history();
  }

  private EtcdLog log() {
    return new EtcdLog(
        List.of(
            new EtcdEpoch(
                2,
                List.of(event(OLD_A, EtcdEvent.UNSEEN_NANOS), event(OLD_B, EtcdEvent.UNSEEN_NANOS)),
                List.of(event(NEW_A, 8 * SECOND), event(NEW_B, 10 * SECOND - SECOND / 2)),
                12,
                0,
                EtcdEpoch.NEVER)));
  }

  private static EtcdEvent event(Item item, long seenNanos) {
    return new EtcdEvent(
        item.rv(), "pods", item.key(), item.uid(), false, Map.of(), item.tag(), 0, seenNanos);
  }

  private void read(String cache, Item... items) {
    var pending = recorder.read(new Caller("c", "c", cache), Query.all("pods"), new Level.Cached());
    now.incrementAndGet();
    var unused =
        pending.returned(
            into -> {
              List.of(items).forEach(into::add);
              return Answer.Claims.of(Answer.UNKNOWN, Route.CACHED);
            });
    now.incrementAndGet();
  }
}
