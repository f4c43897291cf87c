package dev.freshet.trials.levels;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.history.HistoryFile;
import dev.freshet.testkit.judge.Coverage;
import dev.freshet.testkit.judge.Judge;
import dev.freshet.testkit.judge.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * So many reads of every level by 16 clients in 4 processes, judged as one history.
 *
 * <p>It is good if the judge accepts every answer and write, if nothing was thrown that may not be
 * thrown, and if every route was really taken: see {@link Quota}.
 */
public final class Leg {
  private Leg() {}

  /**
   * Runs one.
   *
   * @param reads how many answers it must have at least
   * @param faults whether things break meanwhile
   * @param tell told how far it is, a line every few seconds
   * @param directory where logs go, and the history of a bad leg is kept
   */
  public static LegResult run(
      int number, long seed, long reads, boolean faults, Consumer<String> tell, Path directory)
      throws InterruptedException {
    long startNanos = System.nanoTime();
    var recorded = new Run(Clientele.LEVELS, seed, reads, tell, directory).record(faults);
    long judgingNanos = System.nanoTime();
    Verdict verdict = Judge.of(recorded.log()).check(recorded.history());
    double judging = (System.nanoTime() - judgingNanos) / 1e9;
    List<String> problems = new ArrayList<>(recorded.defects());
    if (!verdict.accepted()) {
      problems.add(verdict.toString());
    }
    var coverage = Coverage.of(recorded.history(), recorded.faults());
    problems.addAll(coverage.shortfalls(Quota.of(reads)));
    double all = (System.nanoTime() - startNanos) / 1e9;
    var seconds = new LegResult.Seconds(recorded.readingSeconds(), judging, all);
    var result = LegResult.of(number, seed, recorded, verdict, coverage, problems, seconds);
    if (result.ok()) {
      removeHistories(directory);
    } else {
      keep(result, recorded, directory);
    }
    return result;
  }

  private static void keep(LegResult result, Run.Recorded recorded, Path directory) {
    try {
      Files.writeString(directory.resolve("problems.txt"), String.join("\n", result.problems()));
      HistoryFile.write(directory.resolve("all.jsonl.gz"), recorded.log(), recorded.history());
    } catch (IOException e) {
      throw new TestkitException("Cannot keep a bad leg in " + directory + ".", e);
    }
  }

  private static void removeHistories(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl.gz")).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new TestkitException("Cannot remove histories in " + directory + ".", e);
    }
  }
}
