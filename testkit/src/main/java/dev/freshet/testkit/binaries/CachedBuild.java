package dev.freshet.testkit.binaries;

import dev.freshet.testkit.Progress;
import dev.freshet.testkit.process.Directories;
import dev.freshet.testkit.process.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * A build into the cache that happens once, however many processes ask for it at the same time: one
 * holds a file lock and builds, the others wait and then find the programs there. A program appears
 * in the cache whole or not at all.
 */
final class CachedBuild {
  private static final long WAIT_REPORT_NANOS = Duration.ofSeconds(5).toNanos();

  private final Path cache;
  private final GoBuild build;
  private final Duration within;
  private final Progress progress;

  CachedBuild(Path cache, GoBuild build, Duration within, Progress progress) {
    this.cache = cache;
    this.build = build;
    this.within = within;
    this.progress = progress;
  }

  Binaries run() {
    try {
      Files.createDirectories(cache);
      LockFile held = lock();
      try {
        buildWhatIsMissing();
      } finally {
        held.close();
      }
    } catch (IOException e) {
      throw new BuildFailedException(
          "Cannot write the control plane's programs to " + cache + ": " + e.getMessage(), e);
    }
    return Binaries.in(cache)
        .orElseThrow(() -> new BuildFailedException("Go built no executable file in " + cache));
  }

  /** Only under the lock, and only what the last holder has not built. */
  private void buildWhatIsMissing() throws IOException {
    for (String name : Binaries.missingFrom(cache)) {
      // Beside the target, for only within one file system is a rename atomic.
      Path directory = Files.createTempDirectory(cache.getParent(), ".building-");
      Path built = build.run(name, directory, within);
      Files.move(built, cache.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      Directories.remove(directory);
    }
  }

  private LockFile lock() {
    Path file = cache.resolveSibling(cache.getFileName() + ".lock");
    String holder = "another build of the control plane";
    return LockFile.acquire(file, holder, within, new WaitReport()::tell)
        .orElseThrow(
            () ->
                new BuildFailedException(
                    "Another process holds %s and has not finished building within %d s. Wait for it, or end it and try again."
                        .formatted(file, within.toSeconds())));
  }

  /** Says now and then that somebody else builds. */
  private final class WaitReport {
    private final long startNanos = System.nanoTime();
    private long nextNanos = startNanos;

    void tell() {
      long now = System.nanoTime();
      if (now - nextNanos >= 0) {
        nextNanos = now + WAIT_REPORT_NANOS;
        progress.report(
            Progress.Step.of(
                "waiting for another process that builds the control plane",
                Duration.ofNanos(now - startNanos)));
      }
    }
  }
}
