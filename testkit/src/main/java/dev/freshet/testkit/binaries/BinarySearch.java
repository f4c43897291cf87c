package dev.freshet.testkit.binaries;

import dev.freshet.testkit.Progress;
import dev.freshet.testkit.process.Directories;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The ways to a control plane's programs, tried in order: an explicit directory, the one that
 * {@code KUBEBUILDER_ASSETS} names, the user's cache, and a build with Go into that cache.
 *
 * <p>The first two say what the user wants, so a program that lacks there is an error and not a
 * reason to look further. Immutable and thread-safe.
 *
 * @param directory the explicit directory, tried first
 * @param environment the environment variables, normally {@link System#getenv()}
 * @param cache the directory that holds what was built; see {@link #standard()}
 * @param installedGo the directory of a {@code go} that is not on the PATH
 * @param buildWithin how long a build, or the wait for another process's build, may take
 * @param progress told how far a build is, about every two seconds
 */
public record BinarySearch(
    Optional<Path> directory,
    Map<String, String> environment,
    Path cache,
    Path installedGo,
    Duration buildWithin,
    Progress progress) {
  private static final String ASSETS = "KUBEBUILDER_ASSETS";
  private static final Duration BUILD_WITHIN = Duration.ofMinutes(30);

  /**
   * A search in this process's environment, silent, with 30 minutes for a build (which takes about
   * 5 on two cores). The cache is {@code
   * ${XDG_CACHE_HOME:-~/.cache}/freshet/control-plane/kubernetes-v…-etcd-v…}.
   */
  public static BinarySearch standard() {
    return of(System.getenv());
  }

  static BinarySearch of(Map<String, String> environment) {
    String version = "kubernetes-" + Binaries.KUBERNETES_VERSION + "-etcd-" + Binaries.ETCD_VERSION;
    Path cache = Directories.cache(environment).resolve("control-plane").resolve(version);
    return new BinarySearch(
        Optional.empty(),
        environment,
        cache,
        GoToolchain.INSTALLED,
        BUILD_WITHIN,
        Progress.silent());
  }

  /** The same search, which takes the programs from {@code directory} and nowhere else. */
  public BinarySearch inDirectory(Path directory) {
    return new BinarySearch(
        Optional.of(directory), environment, cache, installedGo, buildWithin, progress);
  }

  /** The same search, telling a build's progress. */
  public BinarySearch telling(Progress progress) {
    return new BinarySearch(directory, environment, cache, installedGo, buildWithin, progress);
  }

  /** The same search with another limit for a build. */
  public BinarySearch buildingWithin(Duration limit) {
    return new BinarySearch(directory, environment, cache, installedGo, limit, progress);
  }

  /**
   * Finds the programs, building them when they are nowhere.
   *
   * @throws MissingBinariesException when a named directory lacks one, or when there is neither a
   *     program nor Go
   * @throws BuildFailedException when the build fails or takes longer than {@link #buildWithin}
   */
  public Binaries find() {
    if (directory.isPresent()) {
      return demand(directory.get(), "The directory given for the control plane");
    }
    String assets = environment.getOrDefault(ASSETS, "");
    if (!assets.isEmpty()) {
      return demand(Path.of(assets), ASSETS);
    }
    return Binaries.in(cache).orElseGet(this::build);
  }

  private static Binaries demand(Path directory, String source) {
    return Binaries.in(directory)
        .orElseThrow(
            () ->
                new MissingBinariesException(
                    "%s is %s, which holds no executable %s. Put both etcd and kube-apiserver there, or do not name it: then they are built with Go."
                        .formatted(
                            source,
                            directory,
                            String.join(" and no ", Binaries.missingFrom(directory)))));
  }

  private Binaries build() {
    Path go =
        GoToolchain.find(environment, installedGo)
            .orElseThrow(
                () ->
                    new MissingBinariesException(
                        "There is no etcd %s and kube-apiserver %s in %s and no Go to build them with. Either install Go 1.26 or later (on the PATH or in /usr/local/go), or set %s to a directory that holds both programs."
                            .formatted(
                                Binaries.ETCD_VERSION,
                                Binaries.KUBERNETES_VERSION,
                                cache,
                                ASSETS)));
    return new CachedBuild(cache, new GoBuild(go, progress), buildWithin, progress).run();
  }
}
