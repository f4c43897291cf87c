package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.HistoryFile;
import java.nio.file.Path;

/**
 * Writes small simulated runs into a directory, the first histories that {@link KeptHistoriesTest}
 * judges: they keep the format of files from changing unseen.
 */
final class KeepHistories {
  private static final int OPERATIONS = 400;

  private KeepHistories() {}

  public static void main(String[] arguments) {
    Path directory = Path.of(arguments[0]);
    keep(directory.resolve("accepted.simulated.jsonl.gz"), Bug.NONE);
    keep(directory.resolve("R1.early-bookmark.jsonl.gz"), Bug.EARLY_BOOKMARK);
    keep(directory.resolve("R2.stale-fence.jsonl.gz"), Bug.STALE_FENCE);
    keep(directory.resolve("age.understated.jsonl.gz"), Bug.UNDERSTATED_AGE);
  }

  private static void keep(Path file, Bug bug) {
    Simulation.Run run = Simulation.run(1, bug, OPERATIONS);
    HistoryFile.write(file, run.log(), run.history());
  }
}
