package dev.freshet.testkit.binaries;

import dev.freshet.testkit.TestkitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Go program whose source is at hand, for tests that want a second opinion: built first, then
 * asked as often as one likes. Immutable and thread-safe.
 *
 * <pre>{@code
 * var promcheck = GoTool.build(Path.of("tools", "promcheck"), Path.of("target"));
 * var answer = promcheck.run(List.of("-exposition", "scraped.txt", "alerts.yaml"));
 * assertThat(answer.code()).isZero();
 * }</pre>
 */
public final class GoTool {
  /** What a build may take; where Go has nothing in its caches it loads modules first. */
  public static final Duration BUILD_WITHIN = Duration.ofMinutes(5);

  /** What a run may take. */
  public static final Duration RUN_WITHIN = Duration.ofMinutes(2);

  private final Path program;

  private GoTool(Path program) {
    this.program = program;
  }

  /**
   * What a program said.
   *
   * @param code with which it ended
   * @param text that it printed, its errors included
   */
  public record Answer(int code, String text) {}

  /**
   * Builds a program, which takes a moment where Go has built it before.
   *
   * @param source the directory of its module; the program is called like it
   * @param into the directory that the program is put into; made if it is missing
   * @throws MissingBinariesException if there is no Go
   * @throws BuildFailedException if Go refuses
   * @throws TestkitException if it takes longer than {@link #BUILD_WITHIN}
   */
  public static GoTool build(Path source, Path into) throws IOException, InterruptedException {
    return build(source, into, System.getenv(), GoToolchain.INSTALLED);
  }

  static GoTool build(Path source, Path into, Map<String, String> environment, Path installedGo)
      throws IOException, InterruptedException {
    Path go =
        GoToolchain.find(environment, installedGo)
            .orElseThrow(
                () ->
                    new MissingBinariesException(
                        "There is no Go to build %s with. Install Go 1.26 or later (on the PATH or in /usr/local/go)."
                            .formatted(source)));
    Path program = Files.createDirectories(into).resolve(source.getFileName()).toAbsolutePath();
    var command = List.of(go.toString(), "build", "-buildvcs=false", "-o", program.toString(), ".");
    Answer answer = run(source, BUILD_WITHIN, command);
    if (answer.code() != 0) {
      throw new BuildFailedException(
          "Building %s with %s failed. If it is the network, set GOPROXY; if it is the Go version, install Go 1.26 or later. Go said:%n%s"
              .formatted(source, go, answer.text()));
    }
    return new GoTool(program);
  }

  /**
   * Runs it in the directory that this process runs in.
   *
   * @throws TestkitException if it takes longer than {@link #RUN_WITHIN}
   */
  public Answer run(List<String> arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(program.toString());
    command.addAll(arguments);
    return run(Path.of("."), RUN_WITHIN, command);
  }

  private static Answer run(Path directory, Duration within, List<String> command)
      throws IOException, InterruptedException {
    Path printed = Files.createTempFile("freshet-go-", ".txt");
    try {
      var builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(printed.toFile());
      // A go.work above the module would replace it.
      builder.environment().put("GOWORK", "off");
      Process process = builder.start();
      try {
        process.getOutputStream().close();
        if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new TestkitException(
              "%s did not end within %d s.".formatted(command.getFirst(), within.toSeconds()));
        }
        return new Answer(process.exitValue(), Files.readString(printed));
      } finally {
        process.destroyForcibly();
      }
    } finally {
      Files.delete(printed);
    }
  }
}
