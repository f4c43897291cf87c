package dev.freshet.testkit.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The last lines of a log file, for error messages. */
public final class LogTail {
  private static final int MAX_BYTES = 16 * 1024;
  private static final int MAX_LINES = 20;
  private static final int MAX_LINE_CHARS = 400;

  private LogTail() {}

  /** At most the last 20 lines of {@code log}, each cut at 400 characters. */
  public static String of(Path log) {
    try (var file = FileChannel.open(log, StandardOpenOption.READ)) {
      long from = Math.max(0, file.size() - MAX_BYTES);
      var bytes = ByteBuffer.allocate((int) (file.size() - from));
      file.read(bytes, from);
      List<String> lines = UTF_8.decode(bytes.flip()).toString().lines().toList();
      return String.join(
          "\n",
          lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size()).stream()
              .map(line -> line.substring(0, Math.min(line.length(), MAX_LINE_CHARS)))
              .toList());
    } catch (IOException e) {
      return "(its log " + log + " cannot be read: " + e.getMessage() + ")";
    }
  }
}
