package dev.freshet.load;

import java.util.Map;
import java.util.TreeMap;

/**
 * The budgets that a client begins with; each can be changed while it runs. Immutable.
 *
 * @param client of all callers together
 * @param eachCaller of every caller that has none of its own
 * @param callers budgets of single callers, by name
 * @param priorities of single callers, by name; {@link Priority#NORMAL} for others
 */
public record LoadOptions(
    Budget client,
    Budget eachCaller,
    Map<String, Budget> callers,
    Map<String, Priority> priorities) {

  public LoadOptions {
    callers = Map.copyOf(callers);
    priorities = Map.copyOf(priorities);
  }

  /**
   * 200 requests a second and 64 at a time for the client, half of that for each caller, any number
   * of bytes: what no program needs whose reads come from its caches, and what an API server of
   * three masters does not notice.
   */
  public static LoadOptions defaults() {
    return new LoadOptions(
        Budget.unlimited().requestsPerSecond(200).concurrent(64),
        Budget.unlimited().requestsPerSecond(100).concurrent(32),
        Map.of(),
        Map.of());
  }

  /** The same with this budget for all callers together. */
  public LoadOptions client(Budget budget) {
    return new LoadOptions(budget, eachCaller, callers, priorities);
  }

  /** The same with this budget for every caller that has none of its own. */
  public LoadOptions eachCaller(Budget budget) {
    return new LoadOptions(client, budget, callers, priorities);
  }

  /** The same with this budget for one caller. */
  public LoadOptions caller(String name, Budget budget) {
    Map<String, Budget> more = new TreeMap<>(callers);
    more.put(name, budget);
    return new LoadOptions(client, eachCaller, more, priorities);
  }

  /** The same with this priority for one caller. */
  public LoadOptions priority(String name, Priority priority) {
    Map<String, Priority> more = new TreeMap<>(priorities);
    more.put(name, priority);
    return new LoadOptions(client, eachCaller, callers, more);
  }
}
