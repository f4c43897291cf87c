package dev.freshet.trials.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.testkit.TestkitException;
import dev.freshet.trials.fault.FaultKind;
import dev.freshet.trials.stage.ResultFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundsFileTest {
  private final Path path;
  private final ResultFile<RoundResult> file;

  RoundsFileTest(@TempDir Path directory) {
    this.path = directory.resolve("made/rounds.jsonl");
    this.file = new ResultFile<>(path, RoundResult.class);
  }

  @Test
  void whatWasAppendedIsReadByTheNextRun() {
    var first = RoundResult.broken(1, FaultKind.HALF_OPEN, 7, "no \"luck\"");
    var second = RoundResult.broken(2, FaultKind.ETCD_RESTORED, 8, "none either");
    file.append(first);
    file.append(second);

    assertThat(new ResultFile<>(path, RoundResult.class).read()).containsExactly(first, second);
  }

  @Test
  void thereAreNoResultsAtFirst() {
    assertThat(file.read()).isEmpty();
  }

  @Test
  void aDamagedFileIsNotTakenForAShortOne() throws Exception {
    file.append(RoundResult.broken(1, FaultKind.HALF_OPEN, 7, "why"));
    Files.writeString(path, Files.readString(path) + "{\"round\":2");

    assertThatThrownBy(file::read)
        .isInstanceOf(TestkitException.class)
        .hasMessageContaining("remove it to begin anew");
  }
}
