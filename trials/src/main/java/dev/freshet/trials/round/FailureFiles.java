package dev.freshet.trials.round;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.history.EtcdLog;
import dev.freshet.testkit.history.History;
import dev.freshet.testkit.judge.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;

/** Where bad rounds leave what is needed to judge them again: a directory for each. */
public final class FailureFiles {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path directory;

  public FailureFiles(Path directory) {
    this.directory = directory;
  }

  /** Writes the result and the verdict, and what clients and etcd did, as compressed JSON. */
  void keep(RoundResult result, Verdict verdict, History history, EtcdLog log) {
    Path kept =
        directory.resolve(
            "%03d-%s".formatted(result.round(), result.fault().name().toLowerCase(Locale.ROOT)));
    try {
      Files.createDirectories(kept);
      Files.write(
          kept.resolve("result.json"),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(result));
      Files.writeString(kept.resolve("verdict.txt"), verdict.toString());
      write(kept.resolve("history.json.gz"), history);
      write(kept.resolve("etcd.json.gz"), log);
    } catch (IOException e) {
      throw new TestkitException("Cannot keep a bad round in " + kept + ": " + e.getMessage(), e);
    }
  }

  private static void write(Path file, Object value) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      JSON.writeValue(out, value);
    }
  }
}
