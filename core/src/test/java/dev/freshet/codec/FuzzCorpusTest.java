package dev.freshet.codec;

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
import org.junit.jupiter.params.provider.EnumSource;

/** Every input that ever taught the fuzzer something, once more. */
class FuzzCorpusTest {

  @ParameterizedTest
  @EnumSource
  void noInputOfTheCorpusIsAFinding(FuzzTarget target) throws IOException, URISyntaxException {
    List<Path> corpus = corpus(target);
    assertThat(corpus).isNotEmpty();
    for (Path file : corpus) {
      try {
        target.run(Files.readAllBytes(file));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("finding: " + file, e);
      }
    }
  }

  private static List<Path> corpus(FuzzTarget target) throws IOException, URISyntaxException {
    URL directory = FuzzCorpusTest.class.getResource("/dev/freshet/fuzz/" + target.directory());
    try (Stream<Path> files = Files.list(Path.of(Objects.requireNonNull(directory).toURI()))) {
      return files.sorted().toList();
    }
  }
}
