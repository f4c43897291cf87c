package dev.freshet.trials.admission;

import dev.freshet.examples.rayworkerquota.Mode;
import java.util.List;
import java.util.Locale;

/**
 * What came of a trial.
 *
 * @param beyond by how many the groups together were beyond their quota, each at its worst moment
 * @param fullGroups groups that had their quota at some time
 * @param admittedAfter groups below their quota of which a create was admitted in the end
 * @param belowAfter groups that were below their quota then
 * @param took of each replica in the end: reviews, median and 99th percentile in milliseconds
 */
public record AdmissionResult(
    Mode way,
    Crowd.Tally tally,
    int quota,
    int groups,
    int beyond,
    long fullGroups,
    int admittedAfter,
    int belowAfter,
    List<String> took,
    double seconds) {

  /** Whether the quota was kept, was reached at all, and let in what it should. */
  public boolean ok() {
    return beyond == 0 && fullGroups > 0 && admittedAfter == belowAfter;
  }

  static String header() {
    return "| way | creates | admitted | refused | failed | deleted | over-admitted | groups full | "
        + "admitted after | creates/s | reviews, p50 ms, p99 ms of each process |\n"
        + "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|\n";
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %,d | %,d | %,d | %,d | %d | %d of %d | %d of %d | %.0f | %s |%n",
        way.name().toLowerCase(Locale.ROOT),
        tally.creates(),
        tally.admitted(),
        tally.refused(),
        tally.failed(),
        tally.deleted(),
        beyond,
        fullGroups,
        groups,
        admittedAfter,
        belowAfter,
        tally.creates() / seconds,
        String.join("; ", took));
  }
}
