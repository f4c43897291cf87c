package dev.freshet.cli.top;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What an API server tells of itself in {@code /metrics}. */
public sealed interface Inside {

  /** It does not, or not to this user. */
  record Hidden(String problem, String remedy) implements Inside {}

  /**
   * It does.
   *
   * @param bytes how much there was to read
   * @param age since it was read
   * @param reading requests under way that change nothing, watches left out
   * @param writing requests under way that do
   */
  record Shown(
      long bytes,
      Duration age,
      int reading,
      int writing,
      List<PriorityLevel> levels,
      List<KindLoad> kinds)
      implements Inside {}

  /**
   * A priority level of API priority and fairness.
   *
   * @param executing seats that are taken
   * @param nominal seats that are its own
   * @param limit seats that it may take now, borrowed ones included
   * @param queued requests that wait
   * @param rejectedPerSecond by reason, of those that happened
   */
  record PriorityLevel(
      String name,
      double executing,
      double nominal,
      double limit,
      double queued,
      OptionalDouble rejected,
      Map<String, Double> rejectedPerSecond) {}

  /**
   * All that is asked of one kind, by whomever.
   *
   * @param lists a second
   * @param listSeconds what each took
   * @param gets a second
   * @param getSeconds what each took
   * @param watches that are open
   * @param watchesEnded a second
   * @param cached consistent reads a second that the watch cache answered
   * @param fallback a second that went on to etcd, since the watch cache was too far behind
   * @param waitSeconds what each read waited that had to wait for the watch cache to be fresh
   *     enough
   * @param cacheVersion how far the watch cache is; empty if it is not told
   */
  record KindLoad(
      String kind,
      OptionalDouble lists,
      OptionalDouble listSeconds,
      OptionalDouble gets,
      OptionalDouble getSeconds,
      int watches,
      OptionalDouble watchesEnded,
      OptionalDouble cached,
      OptionalDouble fallback,
      OptionalDouble waitSeconds,
      OptionalDouble cacheVersion) {}
}
