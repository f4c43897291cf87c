package dev.freshet.bench.contest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A contender as it is started.
 *
 * @param name what it is called in results
 * @param made what it runs in
 * @param how how it uses its client, for people
 */
record Entrant(String name, Made made, String how) {

  /** What a contender is made with. */
  enum Made {
    JAVA,
    GO,
    RUST
  }

  static final Entrant WIRE =
      new Entrant(
          "wire",
          Made.GO,
          "Go's HTTP client: the list in protobuf and gzip, received and thrown away");

  static final Entrant FRESHET =
      new Entrant(
          "freshet",
          Made.JAVA,
          "`cache(Pod.class, all -> all.touching(sentinel(...)))`, nothing else set; it drops"
              + " managedFields");

  static final Entrant FABRIC8 =
      new Entrant(
          "fabric8",
          Made.JAVA,
          "8.0.0 with Vert.x 5 as it ships: `pods().inAnyNamespace().inform()`; cannot drop"
              + " managedFields");

  static final Entrant CLIENT_JAVA =
      new Entrant(
          "client-java",
          Made.JAVA,
          "27.0.0: `SharedInformerFactory`, a transform that drops managedFields");

  static final Entrant CLIENT_GO =
      new Entrant(
          "client-go",
          Made.GO,
          "v0.37.2: protobuf, no QPS limit, `SharedInformerFactory` with a transform that drops"
              + " managedFields; GOGC and GOMAXPROCS as Go has them");

  static final Entrant KUBE_RS =
      new Entrant(
          "kube-rs",
          Made.RUST,
          "5.0.0: reflector on a watcher with `streaming_lists()`, `modify` drops managedFields;"
              + " release build");

  private static final Path TARGET = Path.of("bench", "target");
  private static final Path PROGRAMS = TARGET.resolve("contenders");

  /** The class path of fabric8 as it ships: with Vert.x, which nothing else here may have. */
  static final Path FABRIC8_CLASSPATH = TARGET.resolve("fabric8.classpath");

  /** All that there are, in the order of tables. */
  static List<Entrant> all() {
    return List.of(WIRE, FRESHET, FABRIC8, CLIENT_JAVA, CLIENT_GO, KUBE_RS);
  }

  /** Whether it can be given less heap. */
  boolean hasHeap() {
    return made == Made.JAVA;
  }

  /** Whether it keeps a cache at all. */
  boolean isCache() {
    return !equals(WIRE);
  }

  /** Whether its cache answers strongly. */
  boolean isFenced() {
    return equals(FRESHET);
  }

  /**
   * Its command line.
   *
   * @param heap counts only where there is such a heap
   */
  List<String> command(Jvm jvm, Jvm.Heap heap, Path kubeconfig) {
    List<String> command = new ArrayList<>();
    switch (made) {
      case JAVA -> {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm.flags(heap));
        command.addAll(List.of("-cp", jvm.classPath(this)));
        command.addAll(List.of("dev.freshet.bench.contender.ContenderMain", name));
      }
      case GO -> command.addAll(List.of(program().toString(), name));
      case RUST -> command.add(program().toString());
    }
    command.add(kubeconfig.toString());
    return command;
  }

  private Path program() {
    return PROGRAMS.resolve(
        switch (made) {
          case JAVA -> "java";
          case GO -> "client-go";
          case RUST -> "kube-rs";
        });
  }

  /** Whether what it runs has been built. */
  boolean isBuilt() {
    return made == Made.JAVA || Files.isExecutable(program());
  }
}
