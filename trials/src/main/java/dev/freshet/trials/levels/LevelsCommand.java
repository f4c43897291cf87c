package dev.freshet.trials.levels;

import dev.freshet.trials.stage.ResultFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./build levels [READS] [--calm]}: judges so many reads of every level, in legs of at most
 * {@value #READS_OF_A_LEG}, and goes on where an earlier run was interrupted. {@code --calm} breaks
 * nothing. Exits with 1 if any leg was bad, now or before.
 */
public final class LevelsCommand {
  private static final long READS = 1_000_000;
  private static final long READS_OF_A_LEG = 250_000;
  private static final long FIRST_SEED = 600;
  private static final Path DIRECTORY = Path.of("trials", "target", "levels");

  private LevelsCommand() {}

  public static void main(String[] args) throws InterruptedException {
    List<String> arguments = List.of(args);
    boolean faults = !arguments.contains("--calm");
    long wanted =
        arguments.stream()
            .filter(argument -> !argument.startsWith("--"))
            .findFirst()
            .map(Long::parseLong)
            .orElse(READS);
    var file = new ResultFile<>(DIRECTORY.resolve("levels.jsonl"), LegResult.class);
    var legs = new ArrayList<>(file.read());
    if (!legs.isEmpty()) {
      System.out.printf(
          "%,d reads are judged already; remove %s to begin anew%n", reads(legs), DIRECTORY);
    }
    while (reads(legs) < wanted) {
      int number = legs.size() + 1;
      long next = Math.min(READS_OF_A_LEG, wanted - reads(legs));
      System.out.printf("leg %d: %,d reads%n", number, next);
      LegResult leg =
          Leg.run(
              number,
              FIRST_SEED + number,
              next,
              faults,
              line -> System.out.println("  " + line),
              DIRECTORY.resolve("leg-" + number));
      file.append(leg);
      legs.add(leg);
      leg.problems().forEach(problem -> System.out.println("  BAD: " + problem));
    }
    System.out.println();
    System.out.print(LevelsTable.of(legs));
    long bad = legs.stream().filter(leg -> !leg.ok()).count();
    if (bad > 0) {
      System.out.printf("%n%d bad legs; see %s%n", bad, DIRECTORY);
    }
    System.exit(bad > 0 ? 1 : 0);
  }

  private static long reads(List<LegResult> legs) {
    return legs.stream().mapToLong(LegResult::reads).sum();
  }
}
