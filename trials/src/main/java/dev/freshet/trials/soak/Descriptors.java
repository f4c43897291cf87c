package dev.freshet.trials.soak;

import dev.freshet.testkit.TestkitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process has open.
 *
 * @param sockets connections and what listens for them
 * @param others files, pipes and selectors
 */
record Descriptors(long sockets, long others) {
  private static final Path OF_THIS_PROCESS = Path.of("/proc/self/fd");

  /** Those of this process, as Linux lists them. */
  static Descriptors open() {
    try (Stream<Path> descriptors = Files.list(OF_THIS_PROCESS)) {
      List<String> targets = descriptors.map(Descriptors::target).toList();
      long sockets = targets.stream().filter(target -> target.startsWith("socket:")).count();
      return new Descriptors(sockets, targets.size() - sockets);
    } catch (IOException e) {
      throw new TestkitException("Cannot list open descriptors: " + e.getMessage(), e);
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException e) {
      return "closed since";
    } catch (IOException e) {
      throw new TestkitException("Cannot read " + descriptor + ": " + e.getMessage(), e);
    }
  }
}
