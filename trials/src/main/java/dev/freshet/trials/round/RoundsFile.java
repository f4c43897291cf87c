package dev.freshet.trials.round;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import dev.freshet.testkit.TestkitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The results of the rounds until now, one JSON object a line. A line is written when its round is
 * over, so a run that was interrupted goes on behind its last complete round.
 */
final class RoundsFile {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;

  RoundsFile(Path file) {
    this.file = file;
  }

  List<RoundResult> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Files.readAllLines(file).stream()
          .map(line -> JSON.readValue(line, RoundResult.class))
          .toList();
    } catch (IOException | JacksonException e) {
      throw new TestkitException(
          "Cannot read " + file + "; remove it to begin anew: " + e.getMessage(), e);
    }
  }

  void append(RoundResult result) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, (JSON.writeValueAsString(result) + "\n").getBytes(UTF_8), CREATE, APPEND);
    } catch (IOException e) {
      throw new TestkitException("Cannot write to " + file + ": " + e.getMessage(), e);
    }
  }
}
