package dev.freshet.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;

/** The directories of the testkit: where they are, and how one is removed. */
public final class Directories {
  private Directories() {}

  /**
   * The user's cache for Freshet: {@code $XDG_CACHE_HOME/freshet}, else {@code ~/.cache/freshet}.
   */
  public static Path cache(Map<String, String> environment) {
    return under(environment, "XDG_CACHE_HOME", ".cache");
  }

  /**
   * The user's state for Freshet: {@code $XDG_STATE_HOME/freshet}, else {@code
   * ~/.local/state/freshet}.
   */
  public static Path state(Map<String, String> environment) {
    return under(environment, "XDG_STATE_HOME", ".local/state");
  }

  private static Path under(Map<String, String> environment, String variable, String otherwise) {
    String named = environment.getOrDefault(variable, "");
    // The XDG specification says that a relative path there is to be ignored.
    Path base = Path.of(named);
    return (base.isAbsolute() ? base : Path.of(System.getProperty("user.home"), otherwise))
        .resolve("freshet");
  }

  /** Removes a directory and all in it; a file that another process removes first is no error. */
  public static void remove(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof NoSuchFileException)) {
        throw e.getCause();
      }
    }
  }
}
