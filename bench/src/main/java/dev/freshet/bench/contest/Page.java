package dev.freshet.bench.contest;

import java.util.List;
import java.util.Locale;

/** What was measured, as a page for the docs. */
final class Page {
  private static final String WHAT_IS_MEASURED =
      """
      # Side by side

      Written by `./build bench`; do not edit. What the figures mean and why they are measured so is in
      [the bench's own notes](#how-it-is-measured).

      """;

  @SuppressWarnings(
      "InlineFormatString") // a page of text in the middle of a method is none to read
  private static final String HOW =
      """
      ## How it is measured

      Each contender is a process of its own and runs alone, %d rounds, each beginning with another contender; medians.
      All see the same Pods: a digest of all keys and versions is compared before any is timed.

      - **first sync**: from nothing to a complete cache, in a process that has just started. **second cache**: the same again
        in the same process, the first cache closed, over a new connection. Of the wire both are one list.
      - **client CPU**: of all threads of the process, during the first sync. **bytes received**: during the first sync, TLS
        included, counted by a proxy in a run that is not timed.
      - **smallest heap**: of a few sizes, the smallest in which a JVM's first sync takes at most twice what it takes
        with `-Xmx4g`. **peak RSS**: `VmHWM` after the first sync, for a JVM in its smallest heap.
      - **heap per object**: what heap, direct and mapped buffers lose when the cache is closed, each time after two
        collections, by the number of Pods. `heap left` is what stays. Of kube-rs it is what malloc counts.
      - **list N %%**: from the cache, the Pods of a label that N %% carry. `keys`: namespace and name of each; `field`:
        status.podIP; `objects`: the whole object, as the cache gives it; `copies`: a whole object that the caller may
        change. Those of Freshet always are; client-go, fabric8 and kube-rs copy theirs. A median of a second of calls.
      - **get 1000**: of 1,000 keys, one after the other, from the cache.
      - **direct list**: of the Pods of the 96 %% label from the server, whole objects decoded; `metadata`: PartialObjectMetadata.
        A dash says that a client has no such thing, or that it was not measured.

      Not measured yet: strong lists by each route, 64 readers, the latency of updates, warm restarts, 200,000 Pods.

      | contender | how |
      |---|---|
      %s
      JVM contenders: `java %s`, with the smaller heap in the place of `-Xmx%dm` where it says so.
      """;

  private final Tables tables;
  private final List<Entrant> entrants;
  private final List<String> workloads;

  Page(Tables tables, List<Entrant> entrants, List<String> workloads) {
    this.tables = tables;
    this.entrants = entrants;
    this.workloads = workloads;
  }

  String markdown(int pods, int rounds, Jvm jvm) {
    var page = new StringBuilder(WHAT_IS_MEASURED);
    page.append(
        "%,d Pods, %d rounds; %d cores, %s on %s, Java %s.\n\n"
            .formatted(
                pods,
                rounds,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.version()));
    page.append("## Goals\n\n").append(tables.goals(workloads).markdown());
    for (String workload : workloads) {
      page.append("\n## ").append(workload).append("\n\n");
      page.append(tables.values(workload).markdown()).append('\n');
      page.append(tables.ratios(workload).markdown());
    }
    var how = new StringBuilder();
    entrants.forEach(e -> how.append("| %s | %s |\n".formatted(e.name(), e.how())));
    return page.append('\n')
        .append(
            HOW.formatted(rounds, how, String.join(" ", jvm.flags(Jvm.LARGE_HEAP)), Jvm.LARGE_HEAP))
        .toString();
  }

  /** The same for a terminal. */
  String text() {
    var text = new StringBuilder();
    for (String workload : workloads) {
      text.append('\n').append(workload.toUpperCase(Locale.ROOT)).append('\n');
      text.append(tables.values(workload).aligned()).append('\n');
      text.append(tables.ratios(workload).aligned());
    }
    return text.append("\nGOALS\n").append(tables.goals(workloads).aligned()).toString();
  }
}
