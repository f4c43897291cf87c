package dev.freshet;

import dev.freshet.govern.Governor;
import dev.freshet.load.Budget;
import dev.freshet.load.BudgetUse;
import dev.freshet.load.Priority;
import dev.freshet.load.ServerSigns;
import java.util.List;
import java.util.Optional;

/**
 * The load that this client puts on the API server: what each caller may ask, what it has asked,
 * and what would have been cheaper. Thread-safe; what it shows is of the moment it is asked, and
 * costs no request.
 */
public final class Load {

  private final Governor governor;
  private final Accounting accounting;
  private final String ownCaller;

  Load(Governor governor, Accounting accounting, String ownCaller) {
    this.governor = governor;
    this.ownCaller = ownCaller;
    this.accounting = accounting;
  }

  /** What every caller's reads have cost, by caller, kind, level and route. */
  public List<ReadAccount> accounts() {
    return accounting.accounts();
  }

  /** What every caller has used of its budget, by name. */
  public List<BudgetUse> budgets() {
    return governor.uses();
  }

  /** What one caller has used of its budget; empty if it has sent nothing yet. */
  public Optional<BudgetUse> budget(String caller) {
    return governor.use(caller);
  }

  /** The name under which the client asks for itself: what keeps its caches. */
  public String ownCaller() {
    return ownCaller;
  }

  /** How the API server does, as our own requests have met it. */
  public ServerSigns server() {
    return governor.signs();
  }

  /** What would be cheaper than what was done, in words; the most expensive habits first. */
  public List<Advice> advice() {
    return Adviser.advise(accounts(), budgets());
  }

  /** Another budget for all callers together, from now on. */
  public void limitClient(Budget budget) {
    governor.limitClient(budget);
  }

  /** Another budget for every caller that has none of its own, from now on. */
  public void limitEachCaller(Budget budget) {
    governor.limitEachCaller(budget);
  }

  /** Another budget for one caller, from now on. */
  public void limit(String caller, Budget budget) {
    governor.limit(caller, budget);
  }

  /** Another priority for one caller: of its requests that come from now on. */
  public void prioritize(String caller, Priority priority) {
    governor.prioritize(caller, priority);
  }
}
