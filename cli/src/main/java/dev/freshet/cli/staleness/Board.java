package dev.freshet.cli.staleness;

import dev.freshet.cli.output.Table;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A table on a terminal that is drawn over itself. Long lines are cut off by the terminal and not
 * wrapped, so that it needs no width, and always knows how many lines to go back. For one thread.
 */
public final class Board {

  private static final String NO_WRAP = "\033[?7l";
  private static final String WRAP = "\033[?7h";
  private static final String CLEAR_TO_END_OF_LINE = "\033[K";
  private static final String CLEAR_BELOW = "\033[J";

  private final PrintStream out;
  private final UnaryOperator<String> headerStyle;
  private int lines;

  /**
   * @param headerStyle put on the line of headers
   */
  public Board(PrintStream out, UnaryOperator<String> headerStyle) {
    this.out = out;
    this.headerStyle = headerStyle;
  }

  /** Draws a table where the last one was, in one write so that it does not flicker. */
  public void draw(Table table) {
    var bytes = new ByteArrayOutputStream();
    table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), headerStyle);
    List<String> rows = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    StringBuilder frame = new StringBuilder(NO_WRAP);
    if (lines > 0) {
      frame.append("\033[").append(lines).append('A');
    }
    for (String row : rows) {
      frame.append(row).append(CLEAR_TO_END_OF_LINE).append('\n');
    }
    out.print(frame.append(CLEAR_BELOW).append(WRAP));
    out.flush();
    lines = rows.size();
  }
}
