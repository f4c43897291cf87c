package dev.freshet.cli.top;

import dev.freshet.Load;
import dev.freshet.ReadAccount;
import dev.freshet.load.Budget;
import dev.freshet.load.BudgetUse;
import dev.freshet.load.ServerSigns;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that a client has counted, at one moment.
 *
 * @param callers by name
 * @param reads by the kind that was read
 * @param server as the client has met it
 */
record Counts(Map<String, Caller> callers, Map<String, Double> reads, ServerSigns server) {

  /**
   * One caller.
   *
   * @param reads NaN if they are not counted by caller
   * @param requests sent
   * @param bytes of answers, as they travelled
   * @param overBudget requests that were not allowed in time
   * @param refused requests that the server had no room for
   * @param budget empty if it is not told
   */
  record Caller(
      double reads,
      double requests,
      double bytes,
      int inFlight,
      int waiting,
      double overBudget,
      double refused,
      Optional<Budget> budget) {

    /** One that has not asked for anything yet. */
    static final Caller NONE = new Caller(0, 0, 0, 0, 0, 0, 0, Optional.empty());
  }

  /** Of this process. */
  static Counts of(Load load) {
    Map<String, Double> byCaller = new HashMap<>();
    Map<String, Double> byKind = new HashMap<>();
    for (ReadAccount account : load.accounts()) {
      byCaller.merge(account.caller(), (double) account.reads(), Double::sum);
      byKind.merge(account.kind().qualifiedName(), (double) account.reads(), Double::sum);
    }
    Map<String, Caller> callers = new TreeMap<>();
    for (BudgetUse use : load.budgets()) {
      callers.put(
          use.caller(),
          new Caller(
              byCaller.getOrDefault(use.caller(), 0.0),
              use.requests(),
              use.bytes(),
              use.inFlight(),
              use.waiting(),
              use.overBudget(),
              use.refused(),
              Optional.of(use.budget())));
    }
    return new Counts(callers, byKind, load.server());
  }

  Caller caller(String name) {
    return callers.getOrDefault(name, Caller.NONE);
  }

  double readsOf(String kind) {
    return reads.getOrDefault(kind, 0.0);
  }
}
