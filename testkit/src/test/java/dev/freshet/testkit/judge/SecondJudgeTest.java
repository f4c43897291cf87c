package dev.freshet.testkit.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.binaries.GoTool;
import dev.freshet.testkit.history.HistoryFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What porcupine, which is another author's, says of the same histories. */
class SecondJudgeTest {
  private static final int OPERATIONS = 3_000;

  @TempDir private Path directory;

  private static GoTool porcupine;

  @BeforeAll
  @Timeout(value = 6, unit = TimeUnit.MINUTES)
  static void build() throws Exception {
    porcupine = GoTool.build(Path.of("..", "tools", "porcupine"), Path.of("target"));
  }

  @Test
  void rightHistoriesAreAcceptedByBoth() throws Exception {
    List<Path> files = new ArrayList<>();
    for (long seed = 11; seed <= 15; seed++) {
      files.add(write(seed, Bug.NONE));
      assertThat(JudgeFile.judge(List.of(files.getLast())).violations()).isEmpty();
    }

    GoTool.Answer answer = secondJudge(files);

    assertThat(answer.text().lines()).hasSize(5).allMatch(line -> line.contains(": linearizable"));
    assertThat(answer.code()).isZero();
  }

  @ParameterizedTest
  @MethodSource("whatBreaksLinearizability")
  void everyBugThatBreaksLinearizabilityIsFoundByBoth(Bug bug) throws Exception {
    Path file = write(1, bug);

    GoTool.Answer answer = secondJudge(List.of(file));

    assertThat(JudgeFile.judge(List.of(file)).accepted()).isFalse();
    assertThat(answer.text()).contains(": not linearizable");
    assertThat(answer.code()).isOne();
  }

  @Test
  void aFileThatBreaksOffIsRefusedByPorcupineToo() throws Exception {
    Path file = directory.resolve("broken.jsonl");
    Files.writeString(file, "{\"is\":\"epoch\",\"baseRv\":1}\n");

    assertThat(secondJudge(List.of(file)).code()).isEqualTo(2);
  }

  static Stream<Bug> whatBreaksLinearizability() {
    return Stream.of(Bug.values()).filter(Bug::breaksLinearizability);
  }

  private static GoTool.Answer secondJudge(List<Path> histories) throws Exception {
    return porcupine.run(histories.stream().map(Path::toString).toList());
  }

  private Path write(long seed, Bug bug) {
    Simulation.Run run = Simulation.run(seed, bug, OPERATIONS);
    Path file = directory.resolve(bug + "-" + seed + ".jsonl.gz");
    HistoryFile.write(file, run.log(), run.history());
    return file;
  }
}
