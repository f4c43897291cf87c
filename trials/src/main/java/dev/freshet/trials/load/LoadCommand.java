package dev.freshet.trials.load;

import dev.freshet.load.Budget;
import dev.freshet.testkit.Progress;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.ControlPlaneOptions;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.workload.Population;
import dev.freshet.testkit.workload.Workload;
import dev.freshet.testkit.workload.WorkloadSpec;
import dev.freshet.trials.load.GreedyTrial.Outcome;
import dev.freshet.trials.load.GreedyTrial.Share;
import dev.freshet.trials.stage.AuditLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * {@code ./build load [PODS]}: a caller that lists all Pods directly in a loop from 32 threads, and
 * what its neighbour feels of it, without a budget and with one. Exits with 1 if the budget was
 * exceeded, an answer was weaker than asked, or the accounts differ from the API server's.
 */
public final class LoadCommand {
  private static final int PODS = 20_000;
  private static final Duration LENGTH = Duration.ofSeconds(30);
  private static final Path DIRECTORY = Path.of("trials", "target", "load");

  /** A list of all Pods every five seconds. */
  private static final Budget BUDGET =
      Budget.unlimited().requestsPerSecond(0.2).concurrent(1).burst(Duration.ofSeconds(5));

  private LoadCommand() {}

  public static void main(String[] args) throws Exception {
    int pods = args.length > 0 ? Integer.parseInt(args[0]) : PODS;
    AuditLog audit = AuditLog.in(DIRECTORY);
    try (var plane =
        ControlPlane.start(ControlPlaneOptions.standard().serverFlags(audit.serverFlags()))) {
      Population population =
          new Workload(WorkloadSpec.of(pods))
              .create(plane.config(User.TEST), Progress.printing(System.err));
      var trial = new GreedyTrial(plane, audit, population.keys(), LENGTH);
      Outcome ungoverned = trial.ungoverned();
      Outcome governed = trial.governed(BUDGET);
      System.out.println(
          "| run | caller | reads | failed | weaker | requests | by the server's account | at once there"
              + " | p50 | p99 |");
      System.out.println("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|");
      print("no budget", ungoverned);
      print(BUDGET.toString(), governed);
      System.exit(isGood(ungoverned) && isGood(governed) && keeps(governed.greedy()) ? 0 : 1);
    }
  }

  private static boolean isGood(Outcome outcome) {
    return isGood(outcome.greedy()) && isGood(outcome.neighbour());
  }

  private static boolean isGood(Share share) {
    return share.wrong() == 0 && share.use().requests() == share.audited().count();
  }

  private static boolean keeps(Share greedy) {
    double allowed =
        BUDGET.requestsPerSecond() * (greedy.seconds() + BUDGET.burst().toSeconds()) + 1;
    return greedy.use().requests() <= allowed && greedy.audited().mostAtOnce() <= 1;
  }

  private static void print(String run, Outcome outcome) {
    line(run, "32 threads that list all", outcome.greedy());
    line(run, "neighbour that reads one", outcome.neighbour());
  }

  private static void line(String run, String caller, Share share) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %,d | %,d | %,d | %,d | %,d | %,d | %,.0f ms | %,.0f ms |%n",
        run,
        caller,
        share.answered(),
        share.failed(),
        share.wrong(),
        share.use().requests(),
        share.audited().count(),
        share.audited().mostAtOnce(),
        share.percentile(50).toNanos() / 1e6,
        share.percentile(99).toNanos() / 1e6);
  }
}
