package dev.freshet.bench.contest;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What was measured, as a page for the docs. */
final class Page {
  private static final String WHAT_IS_MEASURED =
      """
      # Side by side

      Written by `./build bench`; do not edit. What the figures mean and why they are measured so is
      [below](#how-it-is-measured).

      """;

  private final Tables tables;
  private final List<String> failures;
  private final List<Entrant> entrants;
  private final Map<String, Set<Part>> measured;

  /**
   * @param failures what could not be measured
   * @param measured what was measured on each workload, in order
   */
  Page(
      Tables tables,
      List<String> failures,
      List<Entrant> entrants,
      Map<String, Set<Part>> measured) {
    this.tables = tables;
    this.failures = failures;
    this.entrants = entrants;
    this.measured = measured;
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
    page.append("## Goals\n\n").append(tables.goals(measured).markdown());
    if (!failures.isEmpty()) {
      page.append("\nNot measured: ").append(String.join("; ", failures)).append('\n');
    }
    for (String workload : measured.keySet()) {
      page.append("\n## ").append(workload).append("\n\n");
      page.append(tables.values(workload).markdown()).append('\n');
      page.append(tables.ratios(workload).markdown());
    }
    return page.append('\n').append(how(rounds, jvm)).toString();
  }

  private String how(int rounds, Jvm jvm) {
    var contenders = new StringBuilder();
    entrants.forEach(e -> contenders.append("| %s | %s |\n".formatted(e.name(), e.how())));
    String flags = String.join(" ", jvm.flags(Jvm.Heap.LARGE));
    return """
      ## How it is measured

      Each contender is a process of its own and runs alone, %d rounds, each beginning with another contender; medians.
      All see the same Pods: a digest of all keys and versions is compared before any is timed. What does not depend on how
      unlike the Pods are is measured on the first workload alone. A dash says that a client has no such thing.

      - **first sync**: from nothing to a complete cache, in a process that has just started. **second cache**: the same again
        in the same process, the first cache closed, over a new connection. Of the wire both are one list.
      - **client CPU**: of the whole process, from its start to the end of the first sync. **bytes received**: during the first
        sync, TLS included, counted by a proxy in a run that is not timed.
      - **smallest heap**: of a few sizes, the smallest in which a JVM's first sync takes at most twice what it takes
        with `-Xmx%dm`, and half a second. **peak rss**: `VmHWM` after the first sync, for a JVM in its smallest heap.
      - **heap per object**: what heap, direct and mapped buffers, and what libraries have taken by malloc lose when the cache
        is closed, each time the least after four collections once it changes no more, by the number of Pods; after a list of
        each kind. It has a process of its own. What libraries took (`of it native`: zstd's dictionaries and contexts, zlib's) is
        what glibc's `malloc_info` has given out less what `-XX:NativeMemoryTracking=summary` knows of. `memory left` stays. Of
        client-go it is `HeapAlloc`, of kube-rs what malloc counts.
      - **list N %%**: from the cache, the Pods of a label that N %% carry. `keys`: namespace and name of each; `field`:
        status.podIP; `objects`: the whole object, as the cache gives it; `copies`: a whole object that the caller may
        change. Those of Freshet always are: decoded anew out of the packed store. client-go, fabric8 and kube-rs copy theirs.
        A median of half a second of calls.
      - **get 1000**: of 1,000 keys, one after the other, from the cache. **1000 objects**: made of what is at hand: `decoded`
        from the packed store or from the server's JSON; `copied` by fabric8's builder, `DeepCopy` or `clone`.
      - **direct list**: of the Pods of the 96 %% label from the server, whole objects decoded; `metadata`: PartialObjectMetadata.
      - **strong list**: of the same Pods' keys, by each route, while another kind is written to 40 times a second, so that no
        fence passes before it was sent; `Pods busy`: while 60 statuses of Pods are written a second. The touch cap is lifted;
        at the default of five touches a second a reader that reads again at once waits for the next one.
      - **64 readers**: threads that list the keys of 384 of 20,000 Pods strongly, again and again for four seconds after eight
        that do not count: of Freshet by touch, at the default cap and with the cap lifted, and directly (equal lists are joined); of others directly.
      - **update seen**: at 200 status updates a second, from the moment one is sent until a handler of the cache is told, by
        the wall clock. `update answered` is when its writer knew.
      - **start from nothing**: connect, sync, and a strong list of keys by a touch, in a process that has just started;
        **restart from disk**: the same where such a process has saved its cache at its end; `in one process`: in the process
        that saved it.
      - **recorded events**: a list and a watch of this server, recorded, taken by decoder, packer, store and publication without a
        network, 16 KiB at a time.
      - **recorded Pods**, **ten times as many**: served by a script that answers a list and touches; the strong list
        once the client is idle. It measures what many Pods cost a client, not a server.

      | contender | how |
      |---|---|
      %s
      JVM contenders: `java %s`, with the smaller heap in the place of `-Xmx%dm` where it says so.
      """
        .formatted(rounds, Jvm.LARGE_HEAP, contenders, flags, Jvm.LARGE_HEAP);
  }

  /** The same for a terminal. */
  String text() {
    var text = new StringBuilder();
    for (String workload : measured.keySet()) {
      text.append('\n').append(workload.toUpperCase(Locale.ROOT)).append('\n');
      text.append(tables.values(workload).aligned()).append('\n');
      text.append(tables.ratios(workload).aligned());
    }
    return text.append("\nGOALS\n").append(tables.goals(measured).aligned()).toString();
  }
}
