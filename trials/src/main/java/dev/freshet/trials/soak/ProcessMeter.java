package dev.freshet.trials.soak;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.freshet.testkit.TestkitException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Measures this process by what the JVM and the system tell of it. */
final class ProcessMeter {
  /** The first finds what is dead, the second what only finalizers and cleaners had kept. */
  private static final int COLLECTIONS = 2;

  private final HotSpotDiagnosticMXBean hotSpot =
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);

  /** Collects garbage, then says what is in use. */
  long heapBytesAfterCollection() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  long platformThreads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  Descriptors descriptors() {
    return Descriptors.open();
  }

  /** Counts them in a thread dump: no bean tells it. */
  long virtualThreads() {
    try {
      Path directory = Files.createTempDirectory("freshet-soak-");
      Path dump = directory.resolve("threads.json");
      try {
        hotSpot.dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
        return virtualIn(JsonMapper.shared().readTree(dump.toFile()));
      } finally {
        Files.deleteIfExists(dump);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new TestkitException("Cannot dump threads: " + e.getMessage(), e);
    }
  }

  private static long virtualIn(JsonNode dump) {
    long virtual = 0;
    for (JsonNode container : dump.at("/threadDump/threadContainers")) {
      for (JsonNode thread : container.path("threads")) {
        virtual += thread.path("virtual").asBoolean(false) ? 1 : 0;
      }
    }
    return virtual;
  }
}
