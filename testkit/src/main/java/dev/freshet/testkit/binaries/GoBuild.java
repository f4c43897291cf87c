package dev.freshet.testkit.binaries;

import dev.freshet.testkit.Progress;
import dev.freshet.testkit.process.GuardedProcess;
import dev.freshet.testkit.process.LogTail;
import dev.freshet.testkit.process.Reaper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One {@code go build} of a program from the module that lies beside this class. */
final class GoBuild {
  private static final Duration REPORT_INTERVAL = Duration.ofSeconds(2);
  private static final String LOG = "build.log";

  /** What a build lists, etcd first; fewer where Go's own cache has some. Only for the progress. */
  private static final Map<String, Integer> PACKAGES_ESTIMATED =
      Map.of(Binaries.ETCD, 570, Binaries.KUBE_APISERVER, 1_620);

  private final Path go;
  private final Progress progress;

  GoBuild(Path go, Progress progress) {
    this.go = go;
    this.progress = progress;
  }

  /**
   * Builds the program {@code name} in {@code directory} and returns its file.
   *
   * @throws BuildFailedException when it fails or takes longer than {@code within}; the directory
   *     is removed then
   */
  Path run(String name, Path directory, Duration within) throws IOException {
    Path log = directory.resolve(LOG);
    Path built = directory.resolve(name);
    try (var reaper = Reaper.guarding(directory)) {
      copy("control-plane.mod", directory.resolve("go.mod"));
      copy("control-plane.sum", directory.resolve("go.sum"));
      GuardedProcess build =
          reaper.launch(command(name, built), environment(directory), directory, log);
      await(build, name, log, within);
      reaper.release();
    }
    return built;
  }

  private static Map<String, String> environment(Path directory) {
    return Map.of(
        // A go.work above the directory would replace our module.
        "GOWORK",
        "off",
        // Go's own temporary files go with ours, even when it is killed.
        "GOTMPDIR",
        directory.toString());
  }

  private void await(GuardedProcess build, String name, Path log, Duration within)
      throws IOException {
    long startNanos = System.nanoTime();
    long limitNanos = within.toNanos();
    while (!build.awaitExit(REPORT_INTERVAL)) {
      var elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
      progress.report(step(name, log, elapsed));
      if (Thread.currentThread().isInterrupted()) {
        throw new BuildFailedException("Interrupted while building " + name + ".");
      }
      if (elapsed.toNanos() > limitNanos) {
        throw new BuildFailedException(
            "Building %s did not end within %d s. Go's last lines:%n%s"
                .formatted(name, within.toSeconds(), LogTail.of(log)));
      }
    }
    if (build.exitCode() != 0) {
      throw new BuildFailedException(
          "Building %s with %s failed (exit %d). Go's last lines:%n%s%nIf it is the network, set GOPROXY; if it is the Go version, install Go 1.26 or later."
              .formatted(name, go, build.exitCode(), LogTail.of(log)));
    }
  }

  private static Progress.Step step(String name, Path log, Duration elapsed) throws IOException {
    try (var lines = Files.lines(log)) {
      // Go's own remarks, such as downloads, begin with "go: "; every other line is a package.
      long packages = lines.filter(line -> !line.startsWith("go: ")).count();
      int total = PACKAGES_ESTIMATED.getOrDefault(name, 0);
      return new Progress.Step("building " + name + ", packages", packages, total, true, elapsed);
    }
  }

  private List<String> command(String name, Path built) {
    String version = "-X k8s.io/component-base/version.";
    boolean etcd = name.equals(Binaries.ETCD);
    String linkerFlags =
        etcd
            ? "-s -w"
            : "-s -w %1$sgitVersion=%2$s %1$sgitMajor=1 %1$sgitMinor=37"
                .formatted(version, Binaries.KUBERNETES_VERSION);
    String program = etcd ? "go.etcd.io/etcd/server/v3" : "k8s.io/kubernetes/cmd/kube-apiserver";
    return List.of(
        go.toString(),
        "build",
        "-v",
        "-mod=readonly",
        // The directory lies in no repository of ours, but perhaps in one of the user's.
        "-buildvcs=false",
        "-o",
        built.toString(),
        "-ldflags",
        linkerFlags,
        program);
  }

  private static void copy(String resource, Path target) throws IOException {
    try (InputStream in = GoBuild.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("The testkit's jar lacks " + resource);
      }
      Files.copy(in, target);
    }
  }
}
