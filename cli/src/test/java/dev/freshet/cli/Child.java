package dev.freshet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another process of a test's own, which ends with the test. */
final class Child implements AutoCloseable {

  /** Only a failing test waits so long. */
  private static final long ENDS_WITHIN_SECONDS = 20;

  private final Process process;

  private Child(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** A {@link ReadingProgram} that has begun. */
  static Child reading(String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                ReadingProgram.class.getName()));
    command.addAll(List.of(args));
    var child = new Child(command);
    if (child.process.inputReader().readLine() == null) {
      throw new IOException("the child has not begun");
    }
    return child;
  }

  /** A program that is no JVM. */
  static Child sleeping() throws IOException {
    return new Child(List.of("sleep", Long.toString(TimeUnit.MINUTES.toSeconds(5))));
  }

  String pid() {
    return Long.toString(process.pid());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it at once. */
  void end() {
    process.destroyForcibly().onExit().orTimeout(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    end();
  }
}
