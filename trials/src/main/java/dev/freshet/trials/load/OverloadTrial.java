package dev.freshet.trials.load;

import static dev.freshet.Consistency.strong;

import dev.freshet.Fence;
import dev.freshet.Query;
import dev.freshet.Reads;
import dev.freshet.error.ApiException;
import dev.freshet.error.DeadlineException;
import dev.freshet.error.FreshetException;
import dev.freshet.error.LoadBudgetExceededException;
import dev.freshet.fabric8.Freshet;
import dev.freshet.load.BudgetUse;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.ControlPlaneOptions;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.workload.PodKey;
import dev.freshet.trials.stage.Room;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Readers at an API server that has little room for their user and refuses what is beyond, while
 * another program of the same user takes all of it for some time. For one thread.
 */
final class OverloadTrial {
  static final String READER = "reader";
  private static final int READERS = 16;
  private static final int GREEDY = 24;
  private static final Duration READ_WITHIN = Duration.ofSeconds(5);
  private static final Duration BUCKET = Duration.ofMillis(500);

  /** Little, and no queue: what is beyond is refused with 429 at once. */
  private static final Room LITTLE_ROOM = new Room(User.TEST, 30, Room.Beyond.REFUSED);

  private final ControlPlane plane;
  private final List<PodKey> pods;

  OverloadTrial(ControlPlane plane, List<PodKey> pods) {
    this.plane = plane;
    this.pods = pods;
  }

  /** A control plane that takes few requests at a time. */
  static ControlPlaneOptions small() {
    return ControlPlaneOptions.standard()
        .serverFlags("--max-requests-inflight=20", "--max-mutating-requests-inflight=10");
  }

  /**
   * What became of it.
   *
   * @param answered reads that were answered
   * @param failed reads that failed, by the class of the failure
   * @param untyped reads that failed in a way that says nothing
   * @param late reads that took longer than they had
   * @param use the readers' account
   * @param goodput answers in each half second
   * @param overloadedFrom the first half second of the overload
   * @param overloadedTo the first one after it
   */
  record Outcome(
      long answered,
      Map<String, Long> failed,
      long untyped,
      long late,
      BudgetUse use,
      List<Integer> goodput,
      int overloadedFrom,
      int overloadedTo) {

    long reads() {
      return answered + failed.values().stream().mapToLong(n -> n).sum();
    }

    /** Requests for each read. */
    double amplification() {
      return (double) use.requests() / reads();
    }

    /**
     * Answers in half a second, on average before the overload; its first second is not counted.
     */
    double before() {
      return goodput.subList(2, overloadedFrom).stream().mapToInt(n -> n).average().orElse(0);
    }

    /** How long after the overload half of that was reached again. */
    Duration recovery() {
      for (int i = overloadedTo; i < goodput.size(); i++) {
        if (goodput.get(i) >= before() / 2) {
          return BUCKET.multipliedBy(i - overloadedTo + 1L);
        }
      }
      return BUCKET.multipliedBy(goodput.size());
    }
  }

  /** Runs it, for so long before, during and after the overload. */
  Outcome run(Duration before, Duration during, Duration after) throws InterruptedException {
    try (KubernetesClient admin = plane.client(User.ADMIN)) {
      LITTLE_ROOM.give(admin);
    }
    int buckets = (int) (before.plus(during).plus(after).toMillis() / BUCKET.toMillis()) + 1;
    var goodput = new AtomicIntegerArray(buckets);
    Map<String, LongAdder> failed = new ConcurrentHashMap<>();
    var untyped = new LongAdder();
    var late = new LongAdder();
    List<Thread> threads = new ArrayList<>();
    try (Freshet freshet =
        Freshet.connect(options -> options.config(plane.config(User.TEST)).caller("own"))) {
      Reads<Pod> reads =
          freshet.reads(Pod.class).as(READER).fence(Fence.DIRECT).within(READ_WITHIN);
      long start = System.nanoTime();
      long end = start + before.plus(during).plus(after).toNanos();
      for (int i = 0; i < READERS; i++) {
        PodKey pod = pods.get(i);
        threads.add(
            Thread.startVirtualThread(
                () -> {
                  while (System.nanoTime() - end < 0) {
                    long begun = System.nanoTime();
                    try {
                      var unused =
                          reads
                              .inNamespace(pod.namespace())
                              .list(Query.field("metadata.name", pod.name()), strong());
                      int bucket = (int) ((System.nanoTime() - start) / BUCKET.toNanos());
                      goodput.incrementAndGet(Math.min(bucket, buckets - 1));
                    } catch (FreshetException e) {
                      count(failed, e);
                      if (!isTyped(e)) {
                        untyped.increment();
                      }
                    }
                    if (System.nanoTime() - begun > READ_WITHIN.multipliedBy(2).toNanos()) {
                      late.increment();
                    }
                  }
                }));
      }
      sleepUntil(start + before.toNanos());
      overload(during);
      for (Thread thread : threads) {
        thread.join();
      }
      List<Integer> answers = new ArrayList<>();
      for (int i = 0; i < buckets; i++) {
        answers.add(goodput.get(i));
      }
      Map<String, Long> failures = new TreeMap<>();
      failed.forEach((name, number) -> failures.put(name, number.sum()));
      return new Outcome(
          answers.stream().mapToLong(n -> n).sum(),
          failures,
          untyped.sum(),
          late.sum(),
          freshet.load().budget(READER).orElseThrow(),
          answers,
          (int) (before.toMillis() / BUCKET.toMillis()),
          (int) (before.plus(during).toMillis() / BUCKET.toMillis()));
    }
  }

  private static void count(Map<String, LongAdder> failed, FreshetException why) {
    failed.computeIfAbsent(why.getClass().getSimpleName(), name -> new LongAdder()).increment();
  }

  private static boolean isTyped(FreshetException why) {
    return switch (why) {
      case LoadBudgetExceededException budget -> true;
      case DeadlineException time -> true;
      case ApiException refused -> refused.code() == 429;
      default -> false;
    };
  }

  /** Another program of the same user lists everything, from many threads, and heeds nothing. */
  private void overload(Duration length) throws InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    List<Thread> threads = new ArrayList<>();
    try (KubernetesClient client = plane.client(User.TEST)) {
      for (int i = 0; i < GREEDY; i++) {
        threads.add(
            Thread.startVirtualThread(
                () -> {
                  while (System.nanoTime() - end < 0) {
                    try {
                      var unused = client.raw("/api/v1/pods");
                    } catch (KubernetesClientException refused) {
                      // It comes again at once.
                    }
                  }
                }));
      }
      sleepUntil(end);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void sleepUntil(long nanos) throws InterruptedException {
    long left = nanos - System.nanoTime();
    if (left > 0) {
      Thread.sleep(Duration.ofNanos(left));
    }
  }
}
