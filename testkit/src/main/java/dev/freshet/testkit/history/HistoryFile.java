package dev.freshet.testkit.history;

import dev.freshet.testkit.TestkitException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run as a file: one JSON object a line, each with a field {@code is} that says what it is. First
 * the log, if there is one: for each epoch a line {@code epoch}, then its {@code base} and {@code
 * event} lines; then the operations; last a line {@code end}, without which the file is broken. A
 * name that ends with {@code .gz} is compressed. The program in {@code tools/porcupine} reads the
 * same.
 */
public final class HistoryFile {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private HistoryFile() {}

  /**
   * A run as it was written down.
   *
   * @param log absent in a file of one of several processes, which knows its own operations only
   */
  public record Content(Optional<EtcdLog> log, History history) {}

  /** An event with its place in the file. */
  record EventLine(String is, EtcdEvent event) {}

  /** An epoch without its events. */
  record EpochLine(String is, long baseRv, long lastRv, long beganNanos, long endedNanos) {}

  /** The end of a file. */
  record EndLine(String is, int operations, long failedReads) {}

  /** Writes a whole run. */
  public static void write(Path file, EtcdLog log, History history) {
    write(file, Optional.of(log), history);
  }

  /** Writes the operations of one of several processes. */
  public static void write(Path file, History history) {
    write(file, Optional.empty(), history);
  }

  private static void write(Path file, Optional<EtcdLog> log, History history) {
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream out = compressed(file) ? new GZIPOutputStream(raw) : raw;
        var lines = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
      for (EtcdEpoch epoch : log.map(EtcdLog::epochs).orElse(List.of())) {
        line(
            lines,
            new EpochLine(
                "epoch", epoch.baseRv(), epoch.lastRv(), epoch.beganNanos(), epoch.endedNanos()));
        for (EtcdEvent event : epoch.base()) {
          line(lines, new EventLine("base", event));
        }
        for (EtcdEvent event : epoch.events()) {
          line(lines, new EventLine("event", event));
        }
      }
      for (Operation operation : history.operations()) {
        line(lines, operation);
      }
      line(lines, new EndLine("end", history.operations().size(), history.failedReads()));
    } catch (IOException e) {
      throw new TestkitException("Cannot write the history to " + file + ".", e);
    }
  }

  private static void line(BufferedWriter lines, Object value) throws IOException {
    lines.write(MAPPER.writeValueAsString(value));
    lines.newLine();
  }

  private static boolean compressed(Path file) {
    return file.toString().endsWith(".gz");
  }

  /**
   * Reads a file back.
   *
   * @throws TestkitException when it is not such a file, or does not end as one
   */
  public static Content read(Path file) {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = compressed(file) ? new GZIPInputStream(raw) : raw;
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      var reading = new Reading();
      lines.lines().forEach(reading::take);
      return reading.content(file);
    } catch (IOException | UncheckedIOException | JacksonException e) {
      throw new TestkitException(file + " is not a history: " + e.getMessage(), e);
    }
  }

  /** A file as far as it was read. */
  private static final class Reading {
    private final List<EtcdEpoch> epochs = new ArrayList<>();
    private final List<EtcdEvent> base = new ArrayList<>();
    private final List<EtcdEvent> events = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private final Map<Object, Object> shared = new HashMap<>();
    private Optional<EpochLine> epoch = Optional.empty();
    private Optional<EndLine> end = Optional.empty();

    void take(String text) {
      JsonNode line = MAPPER.readTree(text);
      switch (line.path("is").asString("")) {
        case "epoch" -> {
          endEpoch();
          epoch = Optional.of(MAPPER.treeToValue(line, EpochLine.class));
        }
        case "base" -> base.add(MAPPER.treeToValue(line, EventLine.class).event());
        case "event" -> events.add(MAPPER.treeToValue(line, EventLine.class).event());
        case "end" -> end = Optional.of(MAPPER.treeToValue(line, EndLine.class));
        default -> operations.add(sharing(MAPPER.treeToValue(line, Operation.class)));
      }
    }

    private void endEpoch() {
      epoch.ifPresent(
          begun ->
              epochs.add(
                  new EtcdEpoch(
                      begun.baseRv(),
                      base,
                      events,
                      begun.lastRv(),
                      begun.beganNanos(),
                      begun.endedNanos())));
      base.clear();
      events.clear();
    }

    /** A million reads have few callers, queries and levels. */
    private Operation sharing(Operation operation) {
      return operation instanceof Read read
          ? new Read(
              read.id(),
              shared(read.caller()),
              shared(read.query()),
              shared(read.level()),
              read.cut(),
              read.invokedNanos(),
              read.returnedNanos(),
              read.answer())
          : operation;
    }

    // The same value of the same class: only its identity changes.
    @SuppressWarnings("unchecked")
    private <T> T shared(T value) {
      return (T) shared.computeIfAbsent(value, same -> same);
    }

    Content content(Path file) {
      endEpoch();
      if (end.isEmpty() || end.get().operations() != operations.size()) {
        throw new TestkitException(
            file + " breaks off after " + operations.size() + " operations. Record it again.");
      }
      Optional<EtcdLog> log =
          epochs.isEmpty() ? Optional.empty() : Optional.of(new EtcdLog(epochs));
      return new Content(log, new History(operations, end.get().failedReads()));
    }
  }
}
