package dev.freshet.testkit.judge;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.history.EtcdLog;
import dev.freshet.testkit.history.History;
import dev.freshet.testkit.history.HistoryFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Judges a run from its files, as often as one likes: one file holds the log, the others, if there
 * are any, the operations of further processes.
 */
public final class JudgeFile {
  private JudgeFile() {}

  /** Judges the run in these files. */
  public static Verdict judge(List<Path> files) {
    List<HistoryFile.Content> contents = files.stream().map(HistoryFile::read).toList();
    List<EtcdLog> logs = contents.stream().flatMap(content -> content.log().stream()).toList();
    if (logs.size() != 1) {
      throw new TestkitException(
          "Of the files of one run, exactly one holds the log of the referee; here "
              + logs.size()
              + " do.");
    }
    History history = History.merged(contents.stream().map(HistoryFile.Content::history).toList());
    return Judge.of(logs.getFirst()).check(history);
  }

  /** Prints the verdict over the files named; ends with 1 when something was violated. */
  public static void main(String[] files) {
    if (files.length == 0) {
      System.err.println("Usage: JudgeFile FILE...");
      System.exit(2);
    }
    Verdict verdict = judge(Arrays.stream(files).map(Path::of).toList());
    System.out.println(verdict);
    System.exit(verdict.accepted() ? 0 : 1);
  }
}
