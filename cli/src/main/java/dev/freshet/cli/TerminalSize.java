package dev.freshet.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many characters a terminal shows. */
record TerminalSize(int columns, int rows) {

  /** What terminals had before they could be resized. */
  private static final TerminalSize USUAL = new TerminalSize(80, 24);

  private static final File TERMINAL = new File("/dev/tty");
  private static final long ANSWERS_WITHIN_MILLIS = 500;
  private static final Pattern ROWS_COLUMNS = Pattern.compile("\\s*(\\d{1,4}) (\\d{1,4})\\s*");

  /**
   * That of this process's terminal at this moment, as {@code stty} tells it: a window may have
   * been resized, which the environment does not know. Where there is no {@code stty}, what {@code
   * COLUMNS} and {@code LINES} say, else 80 by 24. Costs a process.
   */
  static TerminalSize now(Map<String, String> environment) {
    return asked().flatMap(TerminalSize::parse).orElseGet(() -> said(environment));
  }

  /** What the environment says. */
  static TerminalSize said(Map<String, String> environment) {
    return parse(environment.getOrDefault("LINES", "24") + " " + environment.get("COLUMNS"))
        .or(() -> parse(USUAL.rows() + " " + environment.get("COLUMNS")))
        .orElse(USUAL);
  }

  /**
   * What {@code stty size} prints: rows, then columns. Zero is what a pseudo-terminal has unset.
   */
  static Optional<TerminalSize> parse(String text) {
    Matcher found = ROWS_COLUMNS.matcher(text);
    return found.matches()
        ? Optional.of(
                new TerminalSize(
                    Integer.parseInt(found.group(2)), Integer.parseInt(found.group(1))))
            .filter(size -> size.columns() > 0 && size.rows() > 0)
        : Optional.empty();
  }

  private static Optional<String> asked() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(TERMINAL)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(ANSWERS_WITHIN_MILLIS, TimeUnit.MILLISECONDS)) {
        stty.destroyForcibly();
        return Optional.empty();
      }
      return Optional.of(
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
