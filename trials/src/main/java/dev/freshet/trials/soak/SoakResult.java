package dev.freshet.trials.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What a soak gave.
 *
 * @param samples in their order
 * @param trends of what must not grow
 * @param problems caches that did not come to equal etcd, and what was thrown that may not be
 */
public record SoakResult(List<Sample> samples, List<Trend> trends, List<String> problems) {
  /**
   * What the JVM itself keeps of code that ran for the first time late in a soak, and the
   * difference between one moment and another in objects that are on their way.
   */
  private static final long HEAP_ALLOWED_BYTES = 12L << 20;

  /** Pools of threads go up and down by a few. */
  private static final long COUNT_ALLOWED = 8;

  /** As do connections: four of those that have three sockets in this process. */
  private static final long SOCKETS_ALLOWED = 12;

  private static final double MEGA = 1 << 20;

  public SoakResult {
    samples = List.copyOf(samples);
    trends = List.copyOf(trends);
    problems = List.copyOf(problems);
  }

  static SoakResult of(List<Sample> samples, List<String> problems) {
    var trends =
        List.of(
            Trend.of("heap bytes", samples, Sample::heapBytes, Typical.LEAST, HEAP_ALLOWED_BYTES),
            count("platform threads", samples, Sample::platformThreads, COUNT_ALLOWED),
            count("virtual threads", samples, Sample::virtualThreads, COUNT_ALLOWED),
            count("sockets", samples, Sample::sockets, SOCKETS_ALLOWED),
            count("descriptors", samples, Sample::descriptors, COUNT_ALLOWED));
    var all = new ArrayList<>(problems);
    trends.stream().filter(trend -> !trend.flat()).forEach(trend -> all.add("not flat: " + trend));
    return new SoakResult(samples, trends, all);
  }

  private static Trend count(
      String what, List<Sample> samples, ToLongFunction<Sample> quantity, long allowed) {
    return Trend.of(what, samples, quantity, Typical.MEDIAN, allowed);
  }

  /** Two Markdown tables: the samples, and what became of each quantity. */
  String tables() {
    String lines =
        samples.stream()
            .map(
                s ->
                    "| %.1f | %.1f | %d | %d | %d | %d | %,d | %,d | %,d |"
                        .formatted(
                            s.atSeconds() / 60,
                            s.heapBytes() / MEGA,
                            s.platformThreads(),
                            s.virtualThreads(),
                            s.sockets(),
                            s.descriptors(),
                            s.faults(),
                            s.reads(),
                            s.writes()))
            .collect(Collectors.joining("\n"));
    String verdicts =
        trends.stream()
            .map(
                t ->
                    "| %s | %,d | %,d | %,.1f | %s |"
                        .formatted(
                            t.what(),
                            t.first(),
                            t.last(),
                            t.perHour(),
                            t.flat() ? "flat" : "NOT FLAT"))
            .collect(Collectors.joining("\n"));
    return """
        | min | heap MB | platform threads | virtual threads | sockets | descriptors | faults | reads | writes |
        |---:|---:|---:|---:|---:|---:|---:|---:|---:|
        %s

        | | first third | last third | slope an hour | |
        |---|---:|---:|---:|---|
        %s
        """
        .formatted(lines, verdicts);
  }
}
