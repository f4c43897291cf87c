package dev.freshet.testkit.binaries;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the {@code go} command is: on the PATH, else where Go's own installer puts it. */
final class GoToolchain {
  /** Where Go's own installer puts it. */
  static final Path INSTALLED = Path.of("/usr/local/go/bin");

  private GoToolchain() {}

  static Optional<Path> find(Map<String, String> environment, Path installed) {
    var onPath =
        Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .filter(entry -> !entry.isEmpty());
    return Stream.concat(onPath.map(Path::of), Stream.of(installed))
        .map(directory -> directory.resolve("go"))
        .filter(go -> Files.isRegularFile(go) && Files.isExecutable(go))
        .findFirst();
  }
}
