package dev.freshet.testkit.binaries;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The second judge: the Go program of {@code tools/porcupine}. */
public final class PorcupineProgram {
  private static final Duration BUILD_WITHIN = Duration.ofMinutes(3);
  private static final Duration JUDGE_WITHIN = Duration.ofMinutes(2);
  private static final Path SOURCE = Path.of("..", "tools", "porcupine");

  private final Path program;

  private PorcupineProgram(Path program) {
    this.program = program;
  }

  /** What the program said, and the code with which it ended. */
  public record Answer(int code, String text) {}

  /** Builds it, if there is Go on this machine. */
  public static Optional<PorcupineProgram> build() throws IOException, InterruptedException {
    Optional<Path> go = GoToolchain.find(System.getenv(), GoToolchain.INSTALLED);
    if (go.isEmpty()) {
      return Optional.empty();
    }
    Path built = Path.of("target", "porcupine").toAbsolutePath();
    Answer answer =
        run(
            SOURCE,
            BUILD_WITHIN,
            List.of(go.get().toString(), "build", "-buildvcs=false", "-o", built.toString(), "."));
    if (answer.code() != 0) {
      throw new IOException("go build of " + SOURCE + " failed: " + answer.text());
    }
    return Optional.of(new PorcupineProgram(built));
  }

  /** Judges histories. */
  public Answer judge(List<Path> histories) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(program.toString());
    histories.forEach(history -> command.add(history.toString()));
    return run(Path.of("."), JUDGE_WITHIN, command);
  }

  private static Answer run(Path directory, Duration within, List<String> command)
      throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    // A go.work above this repository would replace the module.
    builder.environment().put("GOWORK", "off");
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(within.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException(command.getFirst() + " did not end within " + within);
      }
      return new Answer(process.exitValue(), text);
    } finally {
      process.destroyForcibly();
    }
  }
}
