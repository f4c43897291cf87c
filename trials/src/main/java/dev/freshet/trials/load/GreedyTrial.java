package dev.freshet.trials.load;

import static dev.freshet.Consistency.strong;

import dev.freshet.Fence;
import dev.freshet.Query;
import dev.freshet.ReadList;
import dev.freshet.Reads;
import dev.freshet.Route;
import dev.freshet.error.FreshetException;
import dev.freshet.fabric8.Freshet;
import dev.freshet.load.Budget;
import dev.freshet.load.BudgetUse;
import dev.freshet.load.LoadOptions;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.workload.PodKey;
import dev.freshet.trials.stage.AuditLog;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * One caller lists all Pods directly, in a loop from {@value #GREEDY_THREADS} threads, while a
 * neighbour in the same program reads single Pods directly: without budgets and with one for the
 * greedy caller. Each thread's list is another question, so that none is joined. For one thread.
 */
final class GreedyTrial {
  static final int GREEDY_THREADS = 32;
  private static final int NEIGHBOURS = 2;
  private static final Duration NEIGHBOUR_RESTS = Duration.ofMillis(20);
  private static final Duration READ_WITHIN = Duration.ofMinutes(2);

  private final ControlPlane plane;
  private final AuditLog audit;
  private final List<PodKey> pods;
  private final Duration length;

  /**
   * @param plane whose API server writes the audit log
   * @param pods that there are
   * @param length how long each of the two runs lasts
   */
  GreedyTrial(ControlPlane plane, AuditLog audit, List<PodKey> pods, Duration length) {
    this.plane = plane;
    this.audit = audit;
    this.pods = pods;
    this.length = length;
  }

  /**
   * What one caller did in one run.
   *
   * @param answered reads that were answered as asked
   * @param failed reads that failed
   * @param wrong answers that were weaker than asked, or incomplete
   * @param use the client's own account
   * @param audited the server's account
   * @param seconds that the run lasted
   */
  record Share(
      long answered,
      long failed,
      long wrong,
      BudgetUse use,
      AuditLog.Seen audited,
      double seconds,
      List<Long> tookNanos) {

    /** What so many of a hundred reads took no longer than. */
    Duration percentile(double percent) {
      List<Long> sorted = tookNanos.stream().sorted().toList();
      int index = (int) Math.ceil(percent / 100 * sorted.size()) - 1;
      return Duration.ofNanos(sorted.get(Math.max(0, index)));
    }
  }

  /** What became of a run: the greedy caller, and its neighbour. */
  record Outcome(Share greedy, Share neighbour) {}

  private static final class Tally {
    final LongAdder answered = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder wrong = new LongAdder();
    final ConcurrentLinkedQueue<Long> took = new ConcurrentLinkedQueue<>();
  }

  /** A run without any budget. */
  Outcome ungoverned() throws InterruptedException {
    return run(
        "ungoverned", new LoadOptions(Budget.unlimited(), Budget.unlimited(), Map.of(), Map.of()));
  }

  /** A run in which the greedy caller has this budget. */
  Outcome governed(Budget greedy) throws InterruptedException {
    return run(
        "governed",
        new LoadOptions(
            Budget.unlimited(), Budget.unlimited(), Map.of("greedy-governed", greedy), Map.of()));
  }

  private Outcome run(String name, LoadOptions load) throws InterruptedException {
    String greedy = "greedy-" + name;
    String neighbour = "neighbour-" + name;
    var greedyTally = new Tally();
    var neighbourTally = new Tally();
    List<Thread> threads = new ArrayList<>();
    try (Freshet freshet =
        Freshet.connect(
            options ->
                options
                    .config(plane.config(User.TEST))
                    .readWithin(READ_WITHIN)
                    .load(defaults -> load))) {
      Reads<Pod> reads = freshet.reads(Pod.class).fence(Fence.DIRECT);
      long start = System.nanoTime();
      long end = start + length.toNanos();
      for (int i = 0; i < GREEDY_THREADS; i++) {
        Query own = Query.labels("thread notin (t" + i + ")");
        threads.add(
            Thread.startVirtualThread(
                () ->
                    repeat(
                        end,
                        greedyTally,
                        Duration.ZERO,
                        () -> reads.as(greedy).list(own, strong()),
                        pods.size())));
      }
      for (int i = 0; i < NEIGHBOURS; i++) {
        PodKey pod = pods.get(i);
        Query one = Query.field("metadata.name", pod.name());
        threads.add(
            Thread.startVirtualThread(
                () ->
                    repeat(
                        end,
                        neighbourTally,
                        NEIGHBOUR_RESTS,
                        () -> reads.as(neighbour).inNamespace(pod.namespace()).list(one, strong()),
                        1)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Outcome(
          share(greedy, greedyTally, freshet, seconds),
          share(neighbour, neighbourTally, freshet, seconds));
    }
  }

  private interface Asking {
    ReadList<Pod> ask();
  }

  private static void repeat(
      long endNanos, Tally tally, Duration rest, Asking question, int expected) {
    while (System.nanoTime() - endNanos < 0) {
      long start = System.nanoTime();
      try {
        ReadList<Pod> read = question.ask();
        tally.took.add(System.nanoTime() - start);
        boolean asAsked =
            read.provenance().satisfied()
                && read.provenance().route() == Route.DIRECT
                && read.size() == expected;
        (asAsked ? tally.answered : tally.wrong).increment();
      } catch (FreshetException e) {
        tally.failed.increment();
      }
      LockSupport.parkNanos(rest.toNanos());
    }
  }

  private Share share(String caller, Tally tally, Freshet freshet, double seconds) {
    return new Share(
        tally.answered.sum(),
        tally.failed.sum(),
        tally.wrong.sum(),
        freshet.load().budget(caller).orElseThrow(),
        audit.of(caller),
        seconds,
        List.copyOf(tally.took));
  }
}
