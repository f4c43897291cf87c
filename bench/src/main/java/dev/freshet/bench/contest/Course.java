package dev.freshet.bench.contest;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.fault.FaultProxy;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All contenders on one workload: first whether they see the same, then the smallest heap of each
 * JVM, then the rounds, one contender at a time and each round beginning with another. For one
 * thread.
 */
final class Course {
  private static final Duration SYNC_WITHIN = Duration.ofMinutes(6);
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(5);
  private static final Duration ORDER_WITHIN = Duration.ofMinutes(3);

  private static final double NANOS_PER_MILLI = 1e6;

  private final String workload;
  private final Arena arena;
  private final List<Entrant> entrants;
  private final Jvm jvm;
  private final Path logs;
  private final Results results;
  private final PrintStream progress;
  private final Map<Entrant, Integer> smallestHeaps = new HashMap<>();

  Course(
      String workload,
      Arena arena,
      List<Entrant> entrants,
      Jvm jvm,
      Path logs,
      Results results,
      PrintStream progress) {
    this.workload = workload;
    this.arena = arena;
    this.entrants = entrants;
    this.jvm = jvm;
    this.logs = logs;
    this.results = results;
    this.progress = progress;
  }

  void run(int rounds) {
    agree();
    for (Entrant entrant : entrants) {
      if (entrant.hasHeap()) {
        findSmallestHeap(entrant);
      }
    }
    for (int round = 1; round <= rounds; round++) {
      List<Entrant> order = new ArrayList<>(entrants);
      Collections.rotate(order, -(round - 1) % order.size());
      for (Entrant entrant : order) {
        say("round %d of %d: %s", round, rounds, entrant.name());
        measure(entrant);
      }
    }
  }

  private ContenderProcess start(Entrant entrant, int heapMegabytes, Path kubeconfig) {
    return ContenderProcess.start(
        entrant.name(),
        entrant.command(jvm, heapMegabytes, kubeconfig),
        logs.resolve(entrant.name() + ".log"));
  }

  /** Contenders that do not see the same are not timed. What they receive is counted meanwhile. */
  private void agree() {
    Map<String, List<String>> seen = new TreeMap<>();
    for (Entrant entrant : entrants) {
      say("what %s sees and receives", entrant.name());
      try (FaultProxy proxy = arena.counting();
          var contender = start(entrant, Jvm.LARGE_HEAP, arena.kubeconfig(proxy))) {
        contender.order("sync", SYNC_WITHIN);
        add(entrant, Measure.RECEIVED, (double) proxy.counters().bytesToClient(), Measure.BYTES);
        String digest = contender.order("digest", ORDER_WITHIN).digest();
        if (!digest.isEmpty()) {
          seen.computeIfAbsent(digest, d -> new ArrayList<>()).add(entrant.name());
        }
      }
    }
    if (seen.size() > 1) {
      throw new TestkitException("The contenders see different Pods: " + seen);
    }
  }

  /**
   * A heap passes if the first sync takes at most so many times what it takes in the large one: a
   * collector that never rests is no way to run anything.
   */
  private void findSmallestHeap(Entrant entrant) {
    double large = syncMillis(entrant, Jvm.LARGE_HEAP, SYNC_WITHIN);
    double longest = SmallestHeap.longest(large);
    int smallest =
        SmallestHeap.search(
            megabytes -> {
              boolean passes = passes(entrant, megabytes, longest);
              say("%s with -Xmx%dm %s", entrant.name(), megabytes, passes ? "passes" : "fails");
              return passes;
            });
    smallestHeaps.put(entrant, smallest);
    add(entrant, Measure.SMALLEST_HEAP, (double) smallest * (1 << 20), Measure.BYTES);
  }

  private boolean passes(Entrant entrant, int heapMegabytes, double longestMillis) {
    Duration within = Duration.ofMillis((long) longestMillis).plus(STARTS_WITHIN);
    try {
      return syncMillis(entrant, heapMegabytes, within) <= longestMillis;
    } catch (TestkitException outOfMemoryOrTime) {
      return false;
    }
  }

  private double syncMillis(Entrant entrant, int heapMegabytes, Duration within) {
    try (var contender = start(entrant, heapMegabytes, arena.kubeconfig())) {
      return contender.order("sync", within).measures().getFirst().value();
    }
  }

  private void measure(Entrant entrant) {
    try (var contender = start(entrant, Jvm.LARGE_HEAP, arena.kubeconfig())) {
      Duration before = contender.cpu();
      tell(entrant, contender.order("sync", SYNC_WITHIN));
      add(
          entrant,
          Measure.CLIENT_CPU,
          contender.cpu().minus(before).toNanos() / NANOS_PER_MILLI,
          Measure.MILLIS);
      add(
          entrant,
          entrant.hasHeap() ? Measure.PEAK_RSS_LARGE_HEAP : Measure.PEAK_RSS,
          (double) contender.peakResidentBytes(),
          Measure.BYTES);
      Arena.MARKS.forEach(
          (percent, label) ->
              tell(entrant, contender.order("list " + percent + " " + label, ORDER_WITHIN)));
      tell(entrant, contender.order("get", ORDER_WITHIN));
      tell(entrant, contender.order("direct " + Arena.MARKS.get(Arena.MOST), ORDER_WITHIN));
      tell(entrant, contender.order("again", SYNC_WITHIN));
      tell(entrant, contender.order("memory", ORDER_WITHIN));
    }
    Integer smallest = smallestHeaps.get(entrant);
    if (smallest != null) {
      measureInSmallestHeap(entrant, smallest);
    }
  }

  private void measureInSmallestHeap(Entrant entrant, int megabytes) {
    try (var contender = start(entrant, megabytes, arena.kubeconfig())) {
      for (Measure sync : contender.order("sync", SYNC_WITHIN).measures()) {
        add(entrant, Measure.SYNC_IN_SMALLEST_HEAP, sync.value(), sync.unit());
      }
      add(entrant, Measure.PEAK_RSS, (double) contender.peakResidentBytes(), Measure.BYTES);
    }
  }

  private void tell(Entrant entrant, ContenderProcess.Reply reply) {
    reply.measures().forEach(measure -> results.add(workload, entrant, measure));
  }

  private void add(Entrant entrant, String measure, double value, String unit) {
    results.add(workload, entrant, new Measure(measure, value, unit));
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation is no dependency of ours
  private void say(String format, Object... values) {
    progress.println(workload + ": " + format.formatted(values));
  }
}
