package dev.freshet.testkit.workload;

import dev.freshet.testkit.workload.ChurnWriter.After;
import dev.freshet.testkit.workload.ChurnWriter.Outcome;
import io.fabric8.kubernetes.client.Config;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Writes to a {@link Population} at a steady rate until its time is over or it is closed, and tells
 * an observer of every acknowledged write.
 *
 * <p>At most one write per Pod is under way, so each Pod's acknowledged writes are in order. At
 * most {@value #MAX_IN_FLIGHT} writes are under way in all; a rate that the server cannot take is
 * then missed, and {@link ChurnSummary#perSecond} tells by how much. Thread-safe.
 */
public final class Churn implements AutoCloseable {
  /** The label that {@link WriteKind#LABEL} writes change, to a number below 16. */
  public static final String SHARD_LABEL = "freshet.dev/shard";

  private static final int MAX_IN_FLIGHT = 48;
  private static final int SHARDS = 16;
  private static final long MAX_LAG_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Duration LAST_ANSWERS_WITHIN = Duration.ofSeconds(30);

  private final ChurnOptions options;
  private final Population population;
  private final PodApi api;
  private final ChurnTally tally;
  private final ChurnWriter writer;
  private final Chance chance;
  private final Semaphore places = new Semaphore(MAX_IN_FLIGHT);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final long startNanos;
  private final Thread pacer;
  private volatile long endNanos;

  private Churn(
      Config config, Population population, ChurnOptions options, ChurnObserver observer) {
    this.options = options;
    this.population = population;
    this.api = new PodApi(config);
    this.tally = new ChurnTally(observer);
    this.chance = new Chance(options.seed(), 0);
    String tagPrefix = "churn-" + options.seed() + "-";
    this.writer = new ChurnWriter(api, population.shapes(), options.ticker(), tally, tagPrefix);
    this.startNanos = options.ticker().nanoTime();
    this.endNanos = startNanos;
    this.pacer = Thread.ofVirtual().name("freshet-churn").unstarted(this::pace);
  }

  /**
   * Starts to write, in the background.
   *
   * @param config where, and as whom; the user needs create, patch and delete on Pods and patch on
   *     pods/status
   * @param population the Pods to begin with; only one churn at a time may use it
   */
  public static Churn start(
      Config config, Population population, ChurnOptions options, ChurnObserver observer) {
    var churn = new Churn(config, population, options, observer);
    churn.pacer.start();
    return churn;
  }

  /**
   * Waits for its end, at most {@code atMost}.
   *
   * @return whether it has ended: all its writes are reported then
   */
  public boolean awaitEnd(Duration atMost) throws InterruptedException {
    return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Stops it, and waits at most 30 s for the answers of the writes under way; idempotent. */
  public ChurnSummary stop() {
    pacer.interrupt();
    try {
      awaitEnd(LAST_ANSWERS_WITHIN.plusSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return summary();
  }

  /** What it has done until now. */
  public ChurnSummary summary() {
    long until = ended.getCount() == 0 ? endNanos : options.ticker().nanoTime();
    return tally.summary(Duration.ofNanos(until - startNanos));
  }

  /** As {@link #stop}. */
  @Override
  public void close() {
    stop();
  }

  private void pace() {
    try {
      long intervalNanos = (long) (1e9 / options.writesPerSecond());
      long dueNanos = startNanos;
      while (dueNanos - startNanos < options.duration().toNanos()) {
        options.ticker().sleepUntil(dueNanos);
        places.acquire();
        int writes = dispatchInAcquiredPlace();
        long nowNanos = options.ticker().nanoTime();
        // What could not be written for more than a second is left out, not made up for in a burst.
        dueNanos = Math.max(dueNanos + writes * intervalNanos, nowNanos - MAX_LAG_NANOS);
      }
    } catch (InterruptedException stopped) {
      // By stop(): there is nothing to do but to wait for the answers below.
    }
    try {
      places.tryAcquire(MAX_IN_FLIGHT, LAST_ANSWERS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stoppedTwice) {
      Thread.currentThread().interrupt();
    }
    endNanos = options.ticker().nanoTime();
    api.close();
    ended.countDown();
  }

  private int dispatchInAcquiredPlace() throws InterruptedException {
    try {
      return dispatch();
    } catch (InterruptedException e) {
      places.release();
      throw e;
    }
  }

  /** Chooses the next write and lets a thread of its own perform it; says how many it makes. */
  private int dispatch() throws InterruptedException {
    boolean wanted = chance.happens(options.workerShare());
    // Where there are only workers, or none, every write hits what there is.
    boolean worker = wanted != population.herd(wanted).isNone();
    Herd herd = population.herd(worker);
    double kind = chance.fraction();
    boolean replace = kind < options.replaceShare();
    if (replace && herd.isShort()) {
      herd.expectOne();
      perform(() -> create(herd, worker));
      return 2;
    }
    var taken = herd.take(chance);
    if (taken.isEmpty()) {
      places.release();
      return 1;
    }
    LivePod pod = taken.get();
    boolean label = kind < options.replaceShare() + options.labelShare();
    String shard = Integer.toString(chance.below(SHARDS));
    if (replace) {
      perform(() -> settle(herd, pod, writer.delete(pod)));
    } else if (label) {
      perform(() -> settle(herd, pod, writer.label(pod, shard)));
    } else {
      LivePod next = pod.nextRound();
      perform(() -> settle(herd, next, writer.status(next)));
    }
    return 1;
  }

  private void perform(Runnable write) {
    Thread.startVirtualThread(
        () -> {
          try {
            write.run();
          } finally {
            places.release();
          }
        });
  }

  private void create(Herd herd, boolean worker) {
    long index = population.takeIndex();
    PodShapes.Shape shape = population.shapes().shape(index, worker);
    Outcome created = writer.create(index, shape);
    if (created.after() == After.WRITTEN) {
      var pod = new LivePod(index, shape, created.uid(), 0);
      settle(herd, pod, writer.status(pod));
    } else {
      herd.lose();
    }
  }

  private static void settle(Herd herd, LivePod pod, Outcome outcome) {
    switch (outcome.after()) {
      case WRITTEN, UNCHANGED -> herd.giveBack(pod);
      case LOST -> herd.lose();
    }
  }
}
