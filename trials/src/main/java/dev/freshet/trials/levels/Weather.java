package dev.freshet.trials.levels;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.controlplane.EtcdBackup;
import dev.freshet.testkit.history.EtcdEpoch;
import dev.freshet.testkit.judge.Coverage;
import dev.freshet.testkit.process.Poll;
import dev.freshet.testkit.referee.Referee;
import dev.freshet.trials.fault.FaultKind;
import dev.freshet.trials.fault.Ground;
import dev.freshet.trials.stage.Stage;
import dev.freshet.trials.stage.Writers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The faults of a leg: in an order of its own, each until every cache answers strong reads again.
 */
final class Weather {
  /**
   * Writes of the churn between backup and restore, with as many again by clients: what the new
   * history has to catch up with before its versions could pass for those of the old one.
   */
  private static final int WRITES_LOST = 300;

  private static final Duration WRITES_WITHIN = Duration.ofSeconds(60);

  private final Stage stage;
  private final Writers writers;
  private final Crew crew;
  private final Referee referee;
  private final Random random;
  private final Consumer<String> tell;

  /** A fault, and the time until nothing was felt of it any more. */
  record Struck(FaultKind kind, Coverage.Fault fault) {
    double seconds() {
      return (fault.toNanos() - fault.fromNanos()) / 1e9;
    }
  }

  Weather(
      Stage stage, Writers writers, Crew crew, Referee referee, long seed, Consumer<String> tell) {
    this.stage = stage;
    this.writers = writers;
    this.crew = crew;
    this.referee = referee;
    this.random = new Random(seed);
    this.tell = tell;
  }

  /** Every kind once, and a second restore. */
  List<FaultKind> forecast() {
    var kinds = new ArrayList<>(List.of(FaultKind.values()));
    kinds.add(FaultKind.ETCD_RESTORED);
    Collections.shuffle(kinds, random);
    return kinds;
  }

  /** Breaks something, mends it, and waits until all are themselves again. */
  Struck strike(FaultKind kind) throws InterruptedException {
    EtcdBackup backup = stage.plane().backUpEtcd();
    if (kind.endsAnEpoch()) {
      long enough = writers.acknowledged() + WRITES_LOST;
      boolean written = Poll.until("writes", WRITES_WITHIN, () -> writers.acknowledged() >= enough);
      tell.accept(written ? "there is something to lose" : "little was written to be lost");
      crew.order("hold", "held");
    }
    long fromNanos = System.nanoTime();
    kind.strike(new Ground(stage, writers, backup, referee::across, random));
    crew.order("settle", "settled");
    if (kind.endsAnEpoch()) {
      demandThatNoneWasOvertaken();
      writers.resume();
      crew.order("go");
    }
    var struck = new Struck(kind, new Coverage.Fault(fromNanos, System.nanoTime()));
    tell.accept("%s, felt for %.1f s".formatted(kind, struck.seconds()));
    return struck;
  }

  /**
   * A cache that meets the new history only when its versions have passed the last it knew of the
   * lost one cannot know, and what it answers then proves nothing about it. Nobody but fences has
   * written since the restore, so there is room for every cache to meet it in time.
   */
  private void demandThatNoneWasOvertaken() {
    List<EtcdEpoch> epochs = referee.log().epochs();
    long lost = epochs.get(epochs.size() - 2).lastRv();
    long now = epochs.getLast().lastRv();
    tell.accept("all caches have met the restored history at %d; %d was lost".formatted(now, lost));
    if (now >= lost) {
      throw new TestkitException(
          "The restored history came to %d, beyond the %d of the lost one, before every cache had met it: no trial."
              .formatted(now, lost));
    }
  }
}
