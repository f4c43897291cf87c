package dev.freshet.testkit.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Histories that were kept. The first part of a file's name, up to a dot, is the short name of the
 * rule that was broken, or {@code accepted}.
 */
class KeptHistoriesTest {

  @ParameterizedTest
  @MethodSource("kept")
  void aKeptHistoryIsJudgedAsItsNameSays(Path file) {
    String expected = file.getFileName().toString().split("\\.", 2)[0];

    Verdict verdict = JudgeFile.judge(List.of(file));

    if (expected.equals("accepted")) {
      assertThat(verdict.violations()).isEmpty();
    } else {
      assertThat(verdict.counts().keySet())
          .as("%s", verdict)
          .extracting(Rule::shortName)
          .contains(expected);
    }
  }

  static Stream<Path> kept() throws IOException, URISyntaxException {
    URL directory = Objects.requireNonNull(KeptHistoriesTest.class.getResource("histories"));
    try (Stream<Path> files = Files.list(Path.of(directory.toURI()))) {
      return files.sorted().toList().stream();
    }
  }
}
