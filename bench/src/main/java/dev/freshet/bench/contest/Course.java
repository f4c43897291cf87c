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
import java.util.Set;
import java.util.TreeMap;

/**
 * All contenders on one workload: first whether they see the same, then the smallest heap of each
 * JVM, then the rounds, one contender at a time and each round beginning with another. For one
 * thread.
 */
final class Course {
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(5);

  /** So many times as many Pods, where there is no server to hold them. */
  private static final int TENFOLD = 10;

  private final String workload;
  private final Set<Part> parts;
  private final List<Entrant> entrants;
  private final Jvm jvm;
  private final Path directory;
  private final Results results;
  private final PrintStream progress;
  private final Map<Entrant, Integer> smallestHeaps = new HashMap<>();

  /**
   * @param workload its name
   * @param parts what is measured
   * @param directory for logs and recordings
   */
  Course(
      String workload,
      Set<Part> parts,
      List<Entrant> entrants,
      Jvm jvm,
      Path directory,
      Results results,
      PrintStream progress) {
    this.workload = workload;
    this.parts = parts;
    this.entrants = entrants;
    this.jvm = jvm;
    this.directory = directory;
    this.results = results;
    this.progress = progress;
  }

  void run(Arena arena, int rounds) {
    agree(arena);
    if (parts.contains(Part.HEAP)) {
      entrants.stream().filter(Entrant::hasHeap).forEach(e -> findSmallestHeap(arena, e));
    }
    for (int round = 1; round <= rounds; round++) {
      List<Entrant> order = new ArrayList<>(entrants);
      Collections.rotate(order, -(round - 1) % order.size());
      for (Entrant entrant : order) {
        say(roundOf(round, rounds) + entrant.name());
        measure(arena, entrant);
      }
    }
    if (entrants.contains(Entrant.FRESHET)
        && (parts.contains(Part.EVENTS) || parts.contains(Part.LARGE))) {
      recorded(Recording.of(arena, directory), rounds);
    }
  }

  private ContenderProcess start(Entrant entrant, Jvm.Heap heap, Path kubeconfig) {
    return ContenderProcess.start(
        entrant.name(),
        entrant.command(jvm, heap, kubeconfig),
        directory.resolve(entrant.name() + ".log"));
  }

  /** Contenders that do not see the same are not timed. What they receive is counted meanwhile. */
  private void agree(Arena arena) {
    Map<String, List<String>> seen = new TreeMap<>();
    for (Entrant entrant : entrants) {
      say("what " + entrant.name() + " sees and receives");
      try (FaultProxy proxy = arena.counting();
          var contender = start(entrant, Jvm.Heap.LARGE, arena.kubeconfig(proxy))) {
        contender.order("sync", Heat.SYNC_WITHIN);
        if (parts.contains(Part.SYNC)) {
          double received = proxy.counters().bytesToClient();
          add(entrant, new Measure(Measure.RECEIVED, received, Measure.BYTES));
        }
        String digest = contender.order("digest", Heat.ORDER_WITHIN).digest();
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
  private void findSmallestHeap(Arena arena, Entrant entrant) {
    double longest =
        SmallestHeap.longest(syncMillis(arena, entrant, Jvm.LARGE_HEAP, Heat.SYNC_WITHIN));
    int smallest =
        SmallestHeap.search(
            megabytes -> {
              boolean passes = passes(arena, entrant, megabytes, longest);
              say(entrant.name() + " with -Xmx" + megabytes + "m " + (passes ? "passes" : "fails"));
              return passes;
            });
    smallestHeaps.put(entrant, smallest);
    add(entrant, new Measure(Measure.SMALLEST_HEAP, (double) smallest * (1 << 20), Measure.BYTES));
  }

  private boolean passes(Arena arena, Entrant entrant, int megabytes, double longestMillis) {
    Duration within = Duration.ofMillis((long) longestMillis).plus(STARTS_WITHIN);
    try {
      return syncMillis(arena, entrant, megabytes, within) <= longestMillis;
    } catch (TestkitException outOfMemoryOrTime) {
      return false;
    }
  }

  private double syncMillis(Arena arena, Entrant entrant, int megabytes, Duration within) {
    try (var contender = start(entrant, Jvm.Heap.of(megabytes), arena.kubeconfig())) {
      return contender.order("sync", within).measures().getFirst().value();
    }
  }

  private void measure(Arena arena, Entrant entrant) {
    var heat =
        new Heat(
            parts,
            arena,
            heap -> start(entrant, heap, arena.kubeconfig()),
            measure -> add(entrant, measure));
    attempt(() -> heat.times(entrant));
    Integer smallest = smallestHeaps.get(entrant);
    if (smallest != null) {
      attempt(() -> heat.inHeapOf(smallest));
    }
    if (parts.contains(Part.MEMORY) && entrant.isCache()) {
      attempt(heat::memory);
    }
    if (parts.contains(Part.RESTART) && entrant.isFenced()) {
      attempt(heat::restarts);
    }
  }

  /** What one contender cannot do must not cost the figures of all others. */
  private void attempt(Runnable measuring) {
    try {
      measuring.run();
    } catch (TestkitException e) {
      say(String.valueOf(e.getMessage()));
      results.failed(workload + ": " + e.getMessage());
    }
  }

  private void recorded(Recording recording, int rounds) {
    if (parts.contains(Part.EVENTS)) {
      for (int round = 1; round <= rounds; round++) {
        say(roundOf(round, rounds) + "recorded events");
        attempt(() -> replay(recording));
      }
    }
    if (parts.contains(Part.LARGE)) {
      var pods = new RecordedPods(recording);
      for (int round = 1; round <= rounds; round++) {
        say(roundOf(round, rounds) + "recorded Pods, and ten times as many");
        attempt(() -> touch(pods, 1, RecordedPods.ONCE));
        attempt(() -> touch(pods, TENFOLD, RecordedPods.TENFOLD));
      }
    }
  }

  private void replay(Recording recording) {
    try (var freshet = start(Entrant.FRESHET, Jvm.Heap.LARGE, directory)) {
      String order = "events " + recording.list() + " " + recording.watch();
      freshet
          .order(order, Heat.ORDER_WITHIN)
          .measures()
          .forEach(measure -> add(Entrant.FRESHET, measure));
    }
  }

  private void touch(RecordedPods pods, int times, String which) {
    try (RecordedServer server = new RecordedServer(pods, times);
        var freshet = start(Entrant.FRESHET, Jvm.Heap.LARGE, server.kubeconfig(directory))) {
      List<Measure> measures = new ArrayList<>(freshet.order("sync", Heat.SYNC_WITHIN).measures());
      freshet.order("rest", Heat.ORDER_WITHIN);
      measures.addAll(freshet.order("strong nothing " + Arena.MOST, Heat.ORDER_WITHIN).measures());
      measures.forEach(
          of -> add(Entrant.FRESHET, new Measure(which + of.name(), of.value(), of.unit())));
    }
  }

  private void add(Entrant entrant, Measure measure) {
    results.add(workload, entrant, measure);
  }

  private static String roundOf(int round, int rounds) {
    return "round " + round + " of " + rounds + ": ";
  }

  private void say(String what) {
    progress.println(workload + ": " + what);
  }
}
