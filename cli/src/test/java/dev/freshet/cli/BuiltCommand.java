package dev.freshet.cli;

import dev.freshet.testkit.process.Poll;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The freshet command as {@code ./build package} leaves it, of the classes that this test runs
 * with.
 */
final class BuiltCommand {

  /** An archive takes a quarter of a minute where nothing else runs. */
  private static final Duration MADE_WITHIN = Duration.ofMinutes(5);

  private final Path root;
  private final Path cache;
  private final Path loaded;

  BuiltCommand(Path directory) throws IOException {
    root = directory.resolve("checkout");
    cache = directory.resolve("cache");
    loaded = directory.resolve("loaded.log");
    Path checkout = Path.of("..").toAbsolutePath();
    Path lib = Files.createDirectories(root.resolve("cli/target/freshet/lib"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      add(Path.of(entry), lib);
    }
    // Older than what was built: nothing is to be built.
    for (String module :
        List.of("core", "testkit", "fabric8", "webhook", "examples/ray-worker-quota", "cli")) {
      Files.createDirectories(root.resolve(module).resolve("src/main"));
      Files.writeString(root.resolve(module).resolve("pom.xml"), "");
    }
    Files.writeString(root.resolve("pom.xml"), "");
    Files.createSymbolicLink(root.resolve("scripts"), checkout.resolve("scripts"));
    Files.copy(checkout.resolve("freshet"), root.resolve("freshet"));
    Files.writeString(root.resolve("cli/target/freshet/built"), "");
  }

  private static void add(Path entry, Path lib) throws IOException {
    if (!Files.isDirectory(entry)) {
      Files.createSymbolicLink(lib.resolve(entry.getFileName()), entry.toAbsolutePath());
    } else if (!entry.endsWith("test-classes")) {
      // An archive holds classes out of jars only.
      pack(entry, lib.resolve(entry.getName(entry.getNameCount() - 3) + ".jar"));
    }
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
  }

  /** Runs it. */
  Run run(Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(root.resolve("freshet").toString()));
    command.addAll(List.of(args));
    Path err = Files.createTempFile(root, "err", "");
    var builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), out, Files.readString(err));
  }

  /** Runs it once and waits for the archive that this makes. */
  void makeArchive() throws IOException, InterruptedException {
    var unused = run(Map.of(), "--help");
    if (!Poll.until("the archive", MADE_WITHIN, this::hasArchive)) {
      throw new AssertionError("no archive was made");
    }
  }

  private boolean hasArchive() {
    String[] names = cache.resolve("freshet/start").toFile().list();
    return names != null && Stream.of(names).anyMatch(name -> !name.startsWith("making-"));
  }

  /** Runs it, and returns the classes that were not in an archive. */
  List<String> loadedElsewhere(String... args) throws IOException, InterruptedException {
    Run run = run(Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded), args);
    if (run.code() != ExitCode.OK) {
      throw new AssertionError(run);
    }
    return Files.readAllLines(loaded).stream()
        .filter(line -> line.contains(" source: ") && !line.contains("shared objects file"))
        .toList();
  }
}
