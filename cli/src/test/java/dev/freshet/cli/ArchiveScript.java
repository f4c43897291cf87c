package dev.freshet.cli;

import dev.freshet.testkit.process.Poll;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * {@code scripts/archive.sh}, with a JVM that makes archives of one line, and one jar. The JVM
 * waits while the file {@code wait} is there, and fails while {@code fail} is.
 */
final class ArchiveScript {

  /** Only a failing test waits so long. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String JVM =
      """
      #!/usr/bin/env bash
      echo "$*" >>"$JVM_STATE/runs"
      while [ -e "$JVM_STATE/wait" ]; do sleep 0.05; done
      [ ! -e "$JVM_STATE/fail" ] || { touch "$JVM_STATE/failed"; exit 1; }
      echo chatter; echo chatter >&2
      for arg in "$@"; do
        case "$arg" in -XX:AOTCacheOutput=*) echo archive >"${arg#*=}" ;; esac
      done
      """;

  private final Path directory;

  ArchiveScript(Path directory) throws IOException {
    this.directory = directory;
    for (String file : List.of("jdk/release", "jdk/lib/modules", "jdk/lib/server/libjvm.so")) {
      write(file, "25");
    }
    write("lib/a.jar", "one");
    write("state/runs", "");
    Files.setPosixFilePermissions(
        write("jdk/bin/java", JVM), PosixFilePermissions.fromString("rwx------"));
  }

  /** What a start was told to add to the JVM's arguments, and all else that it printed. */
  record Start(List<String> arguments, String err) {
    boolean usesArchive() {
      return arguments.stream().anyMatch(line -> line.startsWith("-XX:AOTCache="));
    }

    Path archive() {
      return Path.of(arguments.getFirst().replace("-XX:AOTCache=", ""));
    }
  }

  /** Starts as the freshet command does, with these JVM arguments. */
  Start start(String... arguments) throws IOException, InterruptedException {
    return ended(begin(Map.of(), arguments));
  }

  /** The same with more variables in the environment. */
  Start startIn(Map<String, String> environment) throws IOException, InterruptedException {
    return ended(begin(environment));
  }

  Process begin(Map<String, String> environment, String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                "bash",
                "-c",
                """
                set -euo pipefail
                . "$SCRIPTS/archive.sh"
                use_archive "$LIB" "$@"
                ${ARCHIVE_ARGS+printf '%s\\n' "${ARCHIVE_ARGS[@]}"}
                """,
                "start"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.of(
                "SCRIPTS", Path.of("..", "scripts").toAbsolutePath().toString(),
                "JAVA_HOME", directory.resolve("jdk").toString(),
                "JVM_STATE", directory.resolve("state").toString(),
                "LIB", directory.resolve("lib").toString(),
                "XDG_CACHE_HOME", directory.resolve("cache").toString()));
    builder.environment().putAll(environment);
    return builder.start();
  }

  static Start ended(Process process) throws IOException, InterruptedException {
    List<String> out = process.inputReader().lines().filter(line -> !line.isEmpty()).toList();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError("the start failed: " + out + err);
    }
    return new Start(out, err);
  }

  /** Starts, waits until an archive has been made of it, and starts again. */
  Start twice(String... arguments) throws IOException, InterruptedException {
    start(arguments);
    awaitMade();
    return start(arguments);
  }

  /** Waits until nobody makes an archive. */
  void awaitMade() {
    await("the archive to be made", () -> entries().noneMatch(name -> name.startsWith("making-")));
  }

  void await(String what, BooleanSupplier condition) {
    if (!Poll.until(what, PATIENCE, condition)) {
      throw new AssertionError("still waiting for " + what + ": " + entries().toList());
    }
  }

  /** The names in the directory of archives. */
  Stream<String> entries() {
    String[] names = archives().toFile().list();
    return names == null ? Stream.of() : Stream.of(names);
  }

  Path archives() {
    return directory.resolve("cache/freshet/start");
  }

  /** How often the JVM was run. */
  int rehearsals() throws IOException {
    return Files.readAllLines(directory.resolve("state/runs")).size();
  }

  Path write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  /** Has a start that brings no archive, since the JVM fails. */
  void fail() throws IOException, InterruptedException {
    write("state/fail", "");
    start();
    await("the failure", () -> Files.exists(directory.resolve("state/failed")));
    remove("state/fail");
  }

  void remove(String file) throws IOException {
    Files.delete(directory.resolve(file));
  }
}
