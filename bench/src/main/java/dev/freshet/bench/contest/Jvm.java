package dev.freshet.bench.contest;

import dev.freshet.testkit.TestkitException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * What all Java contenders run in.
 *
 * @param collector the collector of all of them
 */
record Jvm(Collector collector) {

  /** The largest heap, in megabytes; what times are measured with. */
  static final int LARGE_HEAP = 4_096;

  /**
   * A process's heap.
   *
   * @param megabytes the most that it may have
   * @param accounted whether the JVM counts its own native memory, so that what libraries take can
   *     be told from it; costs some time
   */
  record Heap(int megabytes, boolean accounted) {
    static final Heap LARGE = of(LARGE_HEAP);

    static Heap of(int megabytes) {
      return new Heap(megabytes, false);
    }
  }

  enum Collector {
    SERIAL("-XX:+UseSerialGC"),
    PARALLEL("-XX:+UseParallelGC"),
    G1("-XX:+UseG1GC");

    private final String flag;

    Collector(String flag) {
      this.flag = flag;
    }
  }

  List<String> flags(Heap heap) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                collector.flag,
                "-Xmx" + heap.megabytes + "m",
                "-XX:+ExitOnOutOfMemoryError",
                // Standard output is for answers.
                "-XX:+DisplayVMOutputToStderr",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"));
    if (heap.accounted) {
      flags.add("-XX:NativeMemoryTracking=summary");
    }
    return flags;
  }

  String classPath(Entrant entrant) {
    String ours = System.getProperty("java.class.path");
    if (!entrant.equals(Entrant.FABRIC8)) {
      return ours;
    }
    try {
      String shipped = Files.readString(Entrant.FABRIC8_CLASSPATH).strip();
      // Ours after it, for the contender's own class; of two versions, that of fabric8 counts.
      return ours.split(File.pathSeparator, 2)[0] + File.pathSeparator + shipped;
    } catch (IOException e) {
      throw new TestkitException(
          "Cannot read " + Entrant.FABRIC8_CLASSPATH + "; start this by ./build bench.", e);
    }
  }
}
