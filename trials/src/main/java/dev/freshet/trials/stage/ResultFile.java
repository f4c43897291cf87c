package dev.freshet.trials.stage;

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
 * The results of a long trial until now, one JSON object a line. A line is written when its part is
 * over, so a run that was interrupted goes on behind its last complete part.
 */
public final class ResultFile<T> {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;
  private final Class<T> result;

  /**
   * @param file which need not exist
   * @param result what a line is read as
   */
  public ResultFile(Path file, Class<T> result) {
    this.file = file;
    this.result = result;
  }

  /**
   * All results so far.
   *
   * @throws TestkitException when the file is damaged
   */
  public List<T> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Files.readAllLines(file).stream().map(line -> JSON.readValue(line, result)).toList();
    } catch (IOException | JacksonException e) {
      throw new TestkitException(
          "Cannot read " + file + "; remove it to begin anew: " + e.getMessage(), e);
    }
  }

  /** Adds one. */
  public void append(T more) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, (JSON.writeValueAsString(more) + "\n").getBytes(UTF_8), CREATE, APPEND);
    } catch (IOException e) {
      throw new TestkitException("Cannot write to " + file + ": " + e.getMessage(), e);
    }
  }
}
