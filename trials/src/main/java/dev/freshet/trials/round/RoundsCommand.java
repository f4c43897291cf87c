package dev.freshet.trials.round;

import dev.freshet.testkit.TestkitException;
import dev.freshet.trials.fault.FaultKind;
import dev.freshet.trials.stage.ResultFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./build rounds [N]}: runs rounds up to the N-th, kind after kind, and goes on where an
 * earlier run was interrupted. Exits with 1 if any round was bad, now or before.
 */
public final class RoundsCommand {
  private static final int ROUNDS = 60;
  private static final long FIRST_SEED = 7_000;
  private static final List<FaultKind> KINDS = List.of(FaultKind.values());
  private static final Path DIRECTORY = Path.of("trials", "target", "rounds");

  private RoundsCommand() {}

  public static void main(String[] args) throws InterruptedException {
    int wanted = args.length == 0 ? ROUNDS : Integer.parseInt(args[0]);
    var file = new ResultFile<>(DIRECTORY.resolve("rounds.jsonl"), RoundResult.class);
    var failures = new FailureFiles(DIRECTORY.resolve("failed"));
    var results = new ArrayList<>(file.read());
    if (!results.isEmpty()) {
      System.out.printf(
          "%d rounds are done already; remove %s to begin anew%n", results.size(), DIRECTORY);
    }
    for (int number = results.size() + 1; number <= wanted; number++) {
      RoundResult result = round(number, failures);
      file.append(result);
      results.add(result);
      System.out.println(describe(result, wanted));
    }
    System.out.println();
    System.out.print(RoundsTable.of(results));
    long bad = results.stream().filter(result -> !result.ok()).count();
    if (bad > 0) {
      System.out.printf("%n%d bad rounds; see %s%n", bad, DIRECTORY);
    }
    System.exit(bad > 0 ? 1 : 0);
  }

  private static RoundResult round(int number, FailureFiles failures) throws InterruptedException {
    FaultKind kind = KINDS.get((number - 1) % KINDS.size());
    long seed = FIRST_SEED + number;
    try {
      return Round.run(number, kind, seed, failures);
    } catch (TestkitException e) {
      // The round proved nothing, and must not pass for one that did.
      return RoundResult.broken(number, kind, seed, "the round broke down: " + e.getMessage());
    }
  }

  private static String describe(RoundResult result, int wanted) {
    String converged =
        result.convergedSeconds() == RoundResult.NEVER
            ? "did not converge"
            : "converged in %.1f s".formatted(result.convergedSeconds());
    String line =
        "round %d of %d, %s, %s, %s too: %s, %,d answers judged, %d reads failed, %.0f s in all"
            .formatted(
                result.round(),
                wanted,
                result.fault(),
                result.busy() ? "busy" : "quiet",
                result.narrow(),
                converged,
                result.readsJudged(),
                result.failedReads(),
                result.seconds());
    return result.ok() ? line : line + "\n  BAD: " + String.join("\n  BAD: ", result.problems());
  }
}
