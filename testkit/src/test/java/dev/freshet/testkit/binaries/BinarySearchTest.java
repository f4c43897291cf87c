package dev.freshet.testkit.binaries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.testkit.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinarySearchTest {
  private static final Duration BUILD_WITHIN = Duration.ofSeconds(60);

  /** Writes the file after -o, and one line into a log of its calls. */
  private static final String FAKE_GO =
      """
      #!/bin/sh
      echo "$@" >> "%1$s/calls"
      grep -q "^module dev.freshet/control-plane" go.mod || exit 3
      [ -s go.sum ] || exit 4
      while [ "$1" != "-o" ]; do shift; done
      echo "#!/bin/sh" > "$2"
      chmod +x "$2"
      """;

  private static final String FAILING_GO = "#!/bin/sh\necho 'no space left on device'\nexit 1\n";
  private static final String ENDLESS_GO = "#!/bin/sh\nexec sleep 600\n";

  private final Path directory;
  private final Path cache;
  private final Path go;

  BinarySearchTest(@TempDir Path directory) {
    this.directory = directory;
    this.cache = directory.resolve("cache/versions");
    this.go = directory.resolve("go");
  }

  @Test
  void anExplicitDirectoryComesFirst() throws IOException {
    var explicit = programs("explicit", Binaries.ETCD, Binaries.KUBE_APISERVER);
    var assets = programs("assets", Binaries.ETCD, Binaries.KUBE_APISERVER);

    var found =
        search(Map.of("KUBEBUILDER_ASSETS", assets.toString())).inDirectory(explicit).find();

    assertThat(found.etcd()).isEqualTo(explicit.resolve("etcd"));
  }

  @Test
  void theAssetsOfKubebuilderComeBeforeTheCache() throws IOException {
    programs("cache/versions", Binaries.ETCD, Binaries.KUBE_APISERVER);
    var assets = programs("assets", Binaries.ETCD, Binaries.KUBE_APISERVER);

    var found = search(Map.of("KUBEBUILDER_ASSETS", assets.toString())).find();

    assertThat(found.kubeApiserver()).isEqualTo(assets.resolve("kube-apiserver"));
  }

  @Test
  void aNamedDirectoryThatLacksAProgramIsAnError() throws IOException {
    var assets = programs("assets", Binaries.ETCD);
    programs("cache/versions", Binaries.ETCD, Binaries.KUBE_APISERVER);

    assertThatThrownBy(search(Map.of("KUBEBUILDER_ASSETS", assets.toString()))::find)
        .isInstanceOf(MissingBinariesException.class)
        .hasMessageContaining("KUBEBUILDER_ASSETS is " + assets)
        .hasMessageContaining("no executable kube-apiserver");
  }

  @Test
  void withoutProgramsAndWithoutGoTheMessageNamesTheWaysIn() {
    assertThatThrownBy(search(Map.of())::find)
        .isInstanceOf(MissingBinariesException.class)
        .hasMessageContaining("install Go")
        .hasMessageContaining("KUBEBUILDER_ASSETS");
  }

  @Test
  void theCacheFollowsTheXdgVariable() {
    var search = BinarySearch.of(Map.of("XDG_CACHE_HOME", "/somewhere"));

    assertThat(search.cache())
        .isEqualTo(Path.of("/somewhere/freshet/control-plane/kubernetes-v1.37.2-etcd-v3.7.3"));
  }

  @Test
  void whatIsMissingIsBuiltIntoTheCacheOnce() throws IOException {
    go(FAKE_GO.formatted(directory));

    search(Map.of()).find();
    var found = search(Map.of()).find();

    assertThat(found)
        .isEqualTo(new Binaries(cache.resolve("etcd"), cache.resolve("kube-apiserver")));
    assertThat(calls())
        .hasSize(2)
        .anyMatch(call -> call.endsWith("-ldflags -s -w go.etcd.io/etcd/server/v3"))
        .anyMatch(call -> call.contains("version.gitVersion=v1.37.2"));
    assertThat(leftBesideTheCache()).isEmpty();
  }

  @Test
  void twoWhoNeedTheProgramsBuildThemOnce() throws Exception {
    go(FAKE_GO.formatted(directory));

    try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = both.invokeAll(List.of(search(Map.of())::find, search(Map.of())::find));
      assertThat(results.get(0).get()).isEqualTo(results.get(1).get());
    }

    assertThat(calls()).hasSize(2);
  }

  @Test
  void aFailedBuildSaysWhatGoSaidAndLeavesNothing() throws IOException {
    go(FAILING_GO);

    assertThatThrownBy(search(Map.of())::find)
        .isInstanceOf(BuildFailedException.class)
        .hasMessageContaining("no space left on device");
    assertThat(leftBesideTheCache()).isEmpty();
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void anEndlessBuildIsEndedAtItsDeadlineAndTellsItsProgress() throws IOException {
    go(ENDLESS_GO);
    var steps = new CopyOnWriteArrayList<Progress.Step>();

    assertThatThrownBy(
            search(Map.of()).buildingWithin(Duration.ofMillis(1)).telling(steps::add)::find)
        .isInstanceOf(BuildFailedException.class)
        .hasMessageContaining("Building etcd did not end within");
    assertThat(steps).anyMatch(step -> step.what().contains("etcd") && step.estimated());
    assertThat(leftBesideTheCache()).isEmpty();
  }

  @Test
  void theProgramSaysWhereTheBinariesAre() throws IOException {
    programs("cache/versions", Binaries.ETCD, Binaries.KUBE_APISERVER);
    var out = new ByteArrayOutputStream();

    int exit = BuildControlPlane.run(search(Map.of()), new PrintStream(out), System.err);

    assertThat(exit).isZero();
    assertThat(out.toString(UTF_8)).contains("etcd is " + cache.resolve("etcd"));
  }

  @Test
  void theProgramFailsWithOneMessage() {
    var err = new ByteArrayOutputStream();

    int exit = BuildControlPlane.run(search(Map.of()), System.out, new PrintStream(err));

    assertThat(exit).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("install Go").doesNotContain("\tat ");
  }

  private BinarySearch search(Map<String, String> environment) {
    return new BinarySearch(
        Optional.empty(), environment, cache, go, BUILD_WITHIN, Progress.silent());
  }

  private Path programs(String name, String... programs) throws IOException {
    Path inside = Files.createDirectories(directory.resolve(name));
    for (String program : programs) {
      executable(inside.resolve(program), "#!/bin/sh\n");
    }
    return inside;
  }

  private void go(String script) throws IOException {
    executable(Files.createDirectories(go).resolve("go"), script);
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(directory.resolve("calls"));
  }

  private List<Path> leftBesideTheCache() throws IOException {
    try (Stream<Path> beside = Files.list(cache.getParent())) {
      return beside.filter(path -> path.getFileName().toString().startsWith(".building-")).toList();
    }
  }
}
